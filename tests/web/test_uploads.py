"""A list that a person downloaded: taken by page and by API, kept before it is read, and as good as a fetched one."""

import hashlib
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.health import health_of
from prospect_aggregate.collection.models import Artifact, Run, Source
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.scrapers.errors import BlockedError
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.execution import execute
from prospect_aggregate.web.uploads import OnlySoMuch
from tests.agency import Answer, Site
from tests.given import collected
from tests.web.api_client import ROOT, Program

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[1] / "samples"
LIST, BY_HAND = (SAMPLES / "dhs.json").read_bytes(), (SAMPLES / "dhs.by_hand.csv").read_bytes()
DHS = scraper_registry.get("dhs")
CLICK = "7f4b4be0-0d5c-4c19-9c53-5f9c8a3a8a11"


@pytest.fixture
def agency(site: Site, settings: Settings) -> Site:
    settings.HOSTS = {"apfs-cloud.dhs.gov": site.address}
    site.serve(LIST)
    return site


def given(reader: Client, body: bytes = BY_HAND, *, name: str = "list.csv", **fields: str) -> Any:
    return reader.post("/sources/dhs/upload/", {"file": SimpleUploadedFile(name, body), **fields})


def read(run: Run) -> Run:
    """What a worker does with it."""
    execute(run.pk, DHS.run)
    run.refresh_from_db()
    return run


def said(reader: Client, path: str) -> str:
    return reader.get(path).content.decode()


def blocked(agency: Site) -> Source:
    agency.answer = Answer(b"<title>Just a moment</title>", status=403)
    with pytest.raises(BlockedError):
        collected(DHS)
    return Source.objects.get(key="dhs")


def test_a_file_is_kept_and_its_run_is_shown(reader: Client) -> None:
    answer = given(reader)
    run = Run.objects.get()
    assert answer["Location"] == f"/runs/{run.pk}/"
    assert (run.status, run.trigger, run.request.split()[0]) == ("queued", "person", "upload")
    assert run.given is not None
    assert archive.path_of(hashlib.sha256(BY_HAND).hexdigest()).read_bytes() == BY_HAND
    page = said(reader, answer["Location"])
    assert f"list.csv is kept; run {run.pk} reads it." in page
    assert "a file given by hand" in page


def test_an_upload_ends_blocked_and_counts_for_freshness(reader: Client, agency: Site) -> None:
    collected(DHS)
    source = blocked(agency)
    Source.objects.update(last_good_at=timezone.now() - timedelta(days=30))
    assert health_of(source, now=timezone.now()).state == "blocked"
    given(reader)
    assert read(Run.objects.latest("pk")).status == "succeeded"
    source.refresh_from_db()
    assert health_of(source, now=timezone.now()).state == "fresh"


def test_a_layout_by_hand_lands_in_the_same_prospects(reader: Client, agency: Site) -> None:
    collected(DHS)
    keys = dict(Prospect.objects.values_list("native_id", "pk"))
    given(reader)
    run = read(Run.objects.latest("pk"))
    assert (run.new, run.rows) == (0, 4)
    assert dict(Prospect.objects.values_list("native_id", "pk")) == keys


def test_the_same_file_again_is_said_to_be_known(reader: Client) -> None:
    given(reader)
    first = read(Run.objects.get())
    page = said(reader, given(reader)["Location"])
    assert f"run {first.pk} read the same bytes on" in page
    assert read(Run.objects.latest("pk")).status == "unchanged"
    assert Artifact.objects.count() == 1


def test_one_press_sent_twice_is_one_run_and_another_file_is_another(reader: Client) -> None:
    for body in (BY_HAND, BY_HAND, LIST):
        given(reader, body, click=CLICK)
    assert [run.given.size for run in Run.objects.order_by("pk") if run.given] == [len(BY_HAND), len(LIST)]


def test_when_it_was_downloaded_can_be_told(reader: Client) -> None:
    given(reader, observed_at="2026-05-13T06:00")
    run = read(Run.objects.get())
    assert run.observed_at == datetime.fromisoformat("2026-05-13T06:00Z")


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({"body": b""}, "list.csv is empty; download it again."),
    "a time that is none": ({"observed_at": "tomorrow"}, "write the time as 2026-05-13 06:00."),
    "a time ahead": ({"observed_at": "2999-01-01T00:00"}, "2999-01-01 00:00 UTC lies ahead"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_line(reader: Client, name: str) -> None:
    fields, why = REFUSED[name]
    answer = given(reader, **fields)
    assert answer.status_code == 409
    assert why in answer.content.decode()
    assert not Run.objects.exists()


def test_a_form_without_a_file_asks_for_one(reader: Client) -> None:
    answer = reader.post("/sources/dhs/upload/", {})
    assert (answer.status_code, "choose the file" in answer.content.decode()) == (409, True)


def test_an_older_edition_than_the_newest_is_refused(reader: Client, agency: Site) -> None:
    collected(DHS)
    answer = given(reader, observed_at="2020-01-01T00:00")
    assert answer.status_code == 409
    assert "the edition of 2020-01-01 00:00 is not later than the newest one kept" in answer.content.decode()
    assert Run.objects.count() == 1


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> int:
    for module in ("collection.given", "web.uploads"):
        monkeypatch.setattr(f"prospect_aggregate.{module}.MOST_BYTES", 3 * 2**20)
    return 3 * 2**20


def test_a_file_that_is_too_large_is_refused_and_not_kept(
    reader: Client, small_limit: int, home: Path
) -> None:
    answer = given(reader, b"x" * (small_limit + 2**20), name="big.csv")
    assert answer.status_code == 409
    assert "big.csv has 4.0 MB; a list of up to 3 MB is read." in answer.content.decode()
    assert not (home / "archive").exists()


def test_of_a_file_that_is_too_large_nothing_reaches_the_disk_beyond_the_limit(small_limit: int) -> None:
    handler = OnlySoMuch()
    handler.new_file("file", "big.csv", "text/csv", None)
    handler.receive_data_chunk(b"x" * 10, small_limit - 10)
    handler.receive_data_chunk(b"x" * 11, small_limit)
    with handler.file_complete(small_limit + 11) as kept:
        assert (kept.size, len(kept.read())) == (small_limit + 11, 10)


def test_a_large_file_is_taken_by_way_of_the_disk(reader: Client) -> None:
    body = BY_HAND + b"\n" * 4 * 2**20
    given(reader, body)
    assert Artifact.objects.get().size == len(body)


NAMES = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\ana\\list.csv", "list.csv"),
    ("<script>alert(1)</script>.csv", "&lt;script&gt;"),
    ("a" * 300 + ".csv", "a" * 200),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_a_files_name_is_a_word_and_never_a_place(reader: Client, home: Path, name: str, shown: str) -> None:
    boundary = "b0undary"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        + BY_HAND
        + f"\r\n--{boundary}--\r\n".encode()
    )
    answer = reader.generic(
        "POST", "/sources/dhs/upload/", body, content_type=f"multipart/form-data; boundary={boundary}"
    )
    page = said(reader, answer["Location"])
    assert shown in page or shown == "&lt;script&gt;"
    assert "<script>alert" not in page
    assert [path.name for path in (home / "archive").rglob("*") if path.is_file()] == [
        hashlib.sha256(BY_HAND).hexdigest()
    ]


def test_a_page_in_the_lists_place_fails_and_leaves_the_source_as_it_was(
    reader: Client, agency: Site
) -> None:
    collected(DHS)
    given(reader, b"<html><title>Sign in</title></html>", name="list.csv")
    run = Run.objects.latest("pk")
    with pytest.raises(BlockedError):
        read(run)
    run.refresh_from_db()
    assert (run.status, run.evidence["title"]) == ("failed", "Sign in")
    page = said(reader, "/sources/dhs/")
    assert "Fresh" in page
    assert "Upload another" in said(reader, f"/runs/{run.pk}/")


def test_the_form_says_what_can_be_read(reader: Client) -> None:
    page = said(reader, "/sources/dhs/upload/")
    assert "JSON or a CSV file, up to 100 MB." in page
    assert "https://apfs-cloud.dhs.gov/forecast/" in page


def test_a_source_that_nobody_knows_has_no_form(reader: Client) -> None:
    assert reader.get("/sources/none/upload/").status_code == 404
    assert reader.post("/sources/none/upload/", {"file": BytesIO(b"x")}).status_code == 404


def test_a_function_reads_no_files(reader: Client) -> None:
    Source.objects.create(key="bare", name="Bare")
    assert "it reads no files" in said(reader, "/sources/bare/upload/")


# The API.


@pytest.fixture
def program() -> Program:
    return Program()


def sent(program: Program, body: bytes = BY_HAND, *, wants: int = 202, **fields: str) -> Any:
    path = f"{ROOT}/sources/Homeland Security/upload"
    answer = program.client.post(path, {"file": SimpleUploadedFile("list.csv", body), **fields})
    return program._read(answer, wants)


def test_a_program_gives_a_file_and_reads_where_its_run_is(program: Program) -> None:
    answer = sent(program)
    assert answer["file"] == hashlib.sha256(BY_HAND).hexdigest()
    assert (answer["size"], answer["same_as"]) == (len(BY_HAND), None)
    assert (answer["run"]["source"], answer["run"]["status"]) == ("dhs", "queued")


def test_a_program_is_told_that_the_file_is_known(program: Program) -> None:
    run = read(Run.objects.get(pk=sent(program)["run"]["id"]))
    assert sent(program)["same_as"] == run.pk


def test_a_program_is_refused_in_the_same_lines(program: Program, agency: Site) -> None:
    collected(DHS)
    assert sent(program, b"", wants=422)["detail"] == "list.csv is empty; download it again"
    assert "not later than the newest" in sent(program, observed_at="2020-01-01", wants=409)["detail"]
    assert "lies ahead" in sent(program, observed_at="2999-01-01T00:00Z", wants=422)["detail"]
    answer = program.client.post(f"{ROOT}/sources/dhs/upload", {"observed_at": "2026-01-01"})
    assert program._read(answer, 422)["detail"] == "file: Field required"


@pytest.mark.parametrize("size", [len(BY_HAND), 4 * 2**20])
def test_with_the_token_of_its_session_a_program_may_give_a_file_of_any_size(size: int) -> None:
    """Three megabytes are more than Django keeps of a body in memory."""
    token, careful = "a" * 32, Client(enforce_csrf_checks=True)
    careful.force_login(get_user_model().objects.create(username="bo", role="operator"))
    from django.conf import settings

    careful.cookies[settings.CSRF_COOKIE_NAME] = token
    file = SimpleUploadedFile("list.csv", BY_HAND.ljust(size, b"\n"))
    path, headers = f"{ROOT}/sources/dhs/upload", {"X-CSRFToken": token}
    assert careful.post(path, {"file": file}).status_code == 403
    file.seek(0)
    assert careful.post(path, {"file": file}, headers=headers).status_code == 202  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "media_type", ["multipart/form-data", "multipart/form-data; boundary=", "application/json"]
)
def test_a_body_that_is_no_form_is_a_problem(program: Program, media_type: str) -> None:
    answer = program.client.generic("POST", f"{ROOT}/sources/dhs/upload", b"{}", content_type=media_type)
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_an_upload_over_the_limit_is_a_problem_too(program: Program, small_limit: int) -> None:
    said = sent(program, b"x" * (small_limit + 2**20), wants=422)["detail"]
    assert said == "list.csv has 4.0 MB; a list of up to 3 MB is read"
