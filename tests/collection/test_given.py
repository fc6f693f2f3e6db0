"""Files that people give: what is refused before anything is kept, and what keeping leaves behind."""

import io
from pathlib import Path

import pytest
from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.given import UnfitFileError, plain_name, receive
from prospect_aggregate.collection.models import Artifact, Run
from prospect_aggregate.scrapers.registry import Registered
from tests.agency import Site
from tests.given import LISTING, a_source, collected, named, published, rows

pytestmark = pytest.mark.django_db
BYTES = published(rows(3))


def received(registered: Registered = LISTING, *, size: int = len(BYTES)) -> Run:
    stream = io.BytesIO(BYTES)
    return receive(registered, stream, filename="list.json", size=size, reason="a test", now=timezone.now())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("list.xlsx", "list.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\list.csv", "list.csv"),
        ("a\x00b\r\n.csv", "ab.csv"),
        ("", "the file"),
        ("folder/", "the file"),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_files_name_is_cut_down_to_a_word(given: str, shown: str) -> None:
    assert plain_name(given) == shown


def test_a_function_reads_no_files() -> None:
    with pytest.raises(UnfitFileError, match="reads no files"):
        received(named("Bare", lambda: None))


@pytest.mark.parametrize(
    ("size", "why"), [(0, "is empty"), (101 * 2**20, r"101\.0 MB; a list of up to 100 MB")]
)
def test_an_unfit_file_is_not_kept(home: Path, size: int, why: str) -> None:
    with pytest.raises(UnfitFileError, match=why):
        received(size=size)
    assert not (home / "archive").exists()


def test_the_same_reason_and_bytes_are_the_same_run() -> None:
    assert received() == received()


class Broken(io.BytesIO):
    """Ends in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError("the disk is gone")


def test_a_file_that_cannot_be_read_to_its_end_leaves_nothing(home: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        archive.keep_stream(a_source(), Broken(), filename="x", now=timezone.now())
    assert list((home / "archive").rglob("*")) == []
    assert not Artifact.objects.exists()


def test_what_is_kept_already_is_read_and_not_written_again(home: Path) -> None:
    kept = archive.keep_stream(a_source(), io.BytesIO(BYTES), filename="x", now=timezone.now())
    written_at = (home / "archive").stat().st_mtime_ns
    again = archive.keep_stream(a_source(), io.BytesIO(BYTES), filename="y", now=timezone.now())
    assert (again, again.size, archive.body_of(again)) == (kept, len(BYTES), BYTES)
    assert (home / "archive").stat().st_mtime_ns == written_at  # no file came or went


def test_a_file_given_by_hand_leaves_what_the_server_said_of_the_same_bytes(site: Site) -> None:
    site.serve(BYTES, headers={"ETag": '"one"'})
    collected()
    received()
    assert Artifact.objects.get().etag == '"one"'
