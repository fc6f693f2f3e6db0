"""A file on its way says how far it is, on the page that asked for it."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection.models import Run
from prospect_aggregate.web.exports.progress import ticket
from prospect_aggregate.web.models import Taking
from prospect_aggregate.web.models.takings import TICKET as LENGTH
from tests.given import rows
from tests.web.doors import signed_in, somebody

pytestmark = pytest.mark.django_db
VIEW = urlencode({"as_of": "2026-06-01"})
Lists = Callable[..., Run]
TICKET = ticket()


def asked(reader: Client, name: str = "csv", **more: str) -> list[bytes]:
    asked = {"view": VIEW, "format": name, "which": "main", "ticket": TICKET, **more}
    return [bytes(piece) for piece in reader.get("/export/file/", asked)]


def progress(reader: Client) -> str:
    return reader.get("/export/progress/", {"ticket": TICKET}).content.decode()


def test_a_page_has_a_ticket_of_its_own(reader: Client, three_prospects: Run) -> None:
    pages = {
        reader.get(f"/export/?{VIEW}").content.decode().split('name="ticket" value="')[1][:LENGTH]
        for _ in "12"
    }
    assert len(pages) == 2
    assert all(len(each) == LENGTH and '"' not in each for each in pages)


def test_before_the_file_is_asked_for_there_is_nothing_to_tell(reader: Client) -> None:
    assert "Asked for…" in progress(reader)
    assert 'hx-trigger="every 1s, submit from:body target:#outward"' in progress(reader)


@pytest.mark.parametrize("name", ["csv", "xlsx", "json", "ocds"])
def test_a_whole_file_says_so_and_is_asked_after_no_more(reader: Client, lists: Lists, name: str) -> None:
    lists(*rows(1100), at="2026-05-01")
    assert asked(reader, name)
    assert "Written: 1,100 rows" in progress(reader)
    assert 'hx-trigger="submit from:body target:#outward"' in progress(reader)


def test_while_it_is_written_the_rows_are_counted(reader: Client, lists: Lists) -> None:
    lists(*rows(1100), at="2026-05-01")
    answer = reader.get("/export/file/", {"view": VIEW, "format": "csv", "ticket": TICKET})
    pieces = iter(answer.streaming_content)  # type: ignore[attr-defined]
    while not Taking.objects.get().rows:
        next(pieces)
    assert "1,000 of 1,100 rows written" in progress(reader)
    assert 'max="1100" value="1000"' in progress(reader)
    assert list(pieces)  # to its end: a cursor left open would be closed in another test


def test_asked_for_again_it_begins_anew(reader: Client, three_prospects: Run) -> None:
    asked(reader)
    answer = reader.get("/export/file/", {"view": VIEW, "format": "csv", "ticket": TICKET})
    assert "0 of 1 rows written" in progress(reader)
    assert list(answer.streaming_content)  # type: ignore[attr-defined]
    assert "Written: 1 row;" in progress(reader)
    assert Taking.objects.count() == 1


def test_nobody_reads_another_persons_progress(reader: Client, three_prospects: Run) -> None:
    asked(reader)
    assert "Asked for…" in progress(signed_in(somebody("vera")))


def test_what_is_a_day_old_is_forgotten(reader: Client, three_prospects: Run) -> None:
    asked(reader)
    Taking.objects.update(begun_at=timezone.now() - timedelta(days=2))
    asked(reader, ticket=(other := ticket()))
    assert [each.ticket for each in Taking.objects.all()] == [other]


@pytest.mark.parametrize("name", ["x" * 5000, "<script>", "\r\nSet-Cookie: a=b", "\0"])
def test_a_ticket_is_a_word_and_nothing_else(reader: Client, three_prospects: Run, name: str) -> None:
    assert asked(reader, ticket=name)
    assert not Taking.objects.exists()
    answer = reader.get("/export/progress/", {"ticket": name})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content
