"""Files made to hurt, given by the page: each is refused, nothing of the source changes, no disk is filled."""

import html
import io
import resource
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser
from django.test import Client, RequestFactory
from django.test.client import encode_multipart
from pytest_django.fixtures import Settings

from prospect_aggregate.collection.models import Artifact, Run, Source
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.execution import execute
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Role
from prospect_aggregate.web.uploads import OnlySoMuch
from tests.mutations.damage import BOMBS
from tests.web.doors import somebody

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[1] / "samples"
LARGE = 150 * 2**20
"""More memory than any of these files is worth."""
SECRET = "a line that stands in a file of this machine"


def read(reader: Client, source: str, name: str, body: bytes) -> Run:
    """What comes of giving a file by the page, after a worker took it."""
    answer = reader.post(f"/sources/{source}/upload/", {"file": SimpleUploadedFile(name, body)})
    assert answer.status_code == 302, answer.content
    run = Run.objects.latest("pk")
    with suppress(ScraperError):  # the run says it
        execute(run.pk, scraper_registry.get_scraper(source))
    run.refresh_from_db()
    return run


def refused(reader: Client, source: str, name: str, body: bytes) -> Run:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run = read(reader, source, name, body)
    assert run.status == "failed", (run.status, run.error)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < LARGE
    assert not Prospect.objects.exists()
    assert Source.objects.get(key=source).last_good is None
    assert run.error in html.unescape(reader.get(f"/runs/{run.pk}/").content.decode())
    return run


WORKBOOKS = [
    "a cell at the far corner", "a name that stands for a thousand million letters",
    "a part that unpacks to gigabytes", "a hundred thousand sheets",
]  # fmt: skip


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_would_fill_the_memory_is_refused(name: str, reader: Client) -> None:
    bombs = dict(BOMBS[Kind.XLSX]((SAMPLES / "nasa.xlsx").read_bytes()))
    refused(reader, "nasa", "list.xlsx", bombs[name])


@pytest.mark.parametrize(
    "name", ["lists in lists in lists", "objects in objects, closed", "a record of 500,000 fields"]
)
def test_json_that_would_fill_the_memory_is_refused(name: str, reader: Client) -> None:
    refused(reader, "dhs", "list.json", dict(BOMBS[Kind.JSON](b""))[name])


def with_part(part: str, change: bytes, *, after: bytes = b"?>", text: bytes = b"") -> bytes:
    """NASA's sample with something put into one part of its package."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(SAMPLES / "nasa.xlsx") as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in package.namelist():
            body = package.read(name)
            if name == part:
                body = body.replace(after, after + change, 1).replace(b"<t>", b"<t>" + text)
            copy.writestr(name, body)
    return out.getvalue()


def test_six_hundred_megabytes_in_half_a_megabyte_are_refused_before_they_are_unpacked(
    reader: Client,
) -> None:
    out = io.BytesIO((SAMPLES / "nasa.xlsx").read_bytes())
    piece = bytes(2**20)
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet9.xml", "w") as part,
    ):
        for _ in range(600):
            part.write(piece)
    run = refused(reader, "nasa", "list.xlsx", out.getvalue())
    assert "unpacks to 600 MB; over 500 it is not opened" in run.error


def test_a_length_that_the_packing_lies_about_is_found(reader: Client) -> None:
    body = bytearray((SAMPLES / "nasa.xlsx").read_bytes())
    central = body.index(b"PK\x01\x02")
    body[central + 24 : central + 28] = (1).to_bytes(4, "little")
    run = refused(reader, "nasa", "list.xlsx", bytes(body))
    assert "damaged or cut off" in run.error


def test_a_directory_of_a_million_parts_is_refused_before_it_is_read(reader: Client) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
    head, end = out.getvalue().split(b"PK\x05\x06")
    entry = head[head.index(b"PK\x01\x02") :]
    many = entry * 400_000
    told = bytearray(end)
    told[8:12] = len(many).to_bytes(4, "little")
    run = refused(reader, "nasa", "list.xlsx", head[: -len(entry)] + many + b"PK\x05\x06" + bytes(told))
    assert "parts" in run.error


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_an_entity_brings_no_file_of_ours_into_a_list(part: str, reader: Client, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'.encode()
    read(reader, "nasa", "list.xlsx", with_part(part, doctype, text=b"&e;"))
    assert SECRET not in str(list(Prospect.objects.values())) + str(list(Run.objects.values()))


@pytest.mark.parametrize(
    "entity",
    ["<!ENTITY e SYSTEM 'file://{0}/secret.txt'>", "<!ENTITY % e SYSTEM 'file://{0}/secret.txt'> %e;"],
)
def test_a_table_that_claims_to_be_xml_brings_none_either(
    entity: str, reader: Client, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text(SECRET)
    doctype = f"<!DOCTYPE html [{entity.format(tmp_path)}]>".encode()
    sample = (SAMPLES / "treasury.by_hand.xls").read_bytes()
    read(reader, "treasury", "list.xls", doctype + sample.replace(b"<th>", b"<th>&e;"))
    assert SECRET not in str(list(Prospect.objects.values())) + str(list(Run.objects.values()))


# Size.


def parsed(reader: object, *bodies: bytes) -> dict[str, int]:
    """How much of each file reaches the disk, of a request by this reader."""
    files = {f"file{number}": SimpleUploadedFile("list.csv", body) for number, body in enumerate(bodies)}
    sent = encode_multipart("b0undary", files)
    request: HttpRequest = RequestFactory().post(
        "/", sent, content_type="multipart/form-data; boundary=b0undary"
    )
    request.user = reader  # type: ignore[assignment]
    _, kept = MultiPartParser(request.META, io.BytesIO(sent), [OnlySoMuch(request)]).parse()
    return {name: Path(file.temporary_file_path()).stat().st_size for name, file in kept.items()}


@pytest.mark.parametrize("role", ["viewer", "analyst", None])
def test_files_of_who_may_upload_none_reach_no_disk(role: str | None) -> None:
    assert parsed(somebody("somebody", Role(role)) if role else AnonymousUser(), b"x" * 4 * 2**20) == {}


def test_files_together_take_no_more_than_one_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prospect_aggregate.web.uploads.MOST_BYTES", 3 * 2**20)
    sizes = parsed(somebody("operator", Role.OPERATOR), *[b"x" * 2**20] * 8)
    assert len(sizes) == 8
    assert sum(sizes.values()) <= 3 * 2**20


def test_a_stranger_cannot_send_files_to_the_door() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/sign-in/", {"file": SimpleUploadedFile("list.csv", b"x" * 4 * 2**20)}
    )
    assert answer.status_code == 403
    assert not Artifact.objects.exists()


def test_a_thousand_fields_are_enough(reader: Client) -> None:
    assert reader.post("/you/", {f"field{number}": "x" for number in range(1_001)}).status_code == 400


def test_a_form_is_no_place_for_megabytes(reader: Client) -> None:
    body = b"next=" + b"x" * 3 * 2**20
    answer = reader.generic("POST", "/you/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (400, 413)


def test_a_hundred_files_are_enough() -> None:
    with pytest.raises(TooManyFilesSent):
        parsed(somebody("operator", Role.OPERATOR), *[b"x"] * 101)


def test_a_viewer_gives_no_file_and_leaves_none(settings: Settings) -> None:
    viewer = Client()
    viewer.force_login(Person.objects.create_user("vera"))
    answer = viewer.post("/sources/dhs/upload/", {"file": SimpleUploadedFile("list.csv", b"a,b")})
    assert answer.status_code == 403
    assert not (settings.HOME / "archive").exists()
