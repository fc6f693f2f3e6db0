"""One source: how it is and why, what came instead of its list, what can be done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection import archive, runs
from prospect_aggregate.collection.models import Check, Run, Schedule, Source
from prospect_aggregate.collection.outcomes import Decision
from prospect_aggregate.scrapers.errors import BlockedError, LayoutChangedError, ScraperError
from prospect_aggregate.scrapers.fetch import Fetched
from prospect_aggregate.scrapers.registry import scraper_registry
from tests.agency import Answer, Site
from tests.given import a_run, a_source, claimed, collected, published, row, rows

pytestmark = pytest.mark.django_db
PAGE = (
    b"<html><title>Just a moment...</title><body><script>alert(1)</script><h1>Checking <b>you</b></h1></body>"
)


def content(reader: Client, path: str = "/sources/listing/") -> str:
    return reader.get(path).content.decode()


@pytest.fixture
def well(site: Site) -> Source:
    site.serve(published(rows(3)))
    collected()
    return a_source()


@pytest.fixture
def shut(site: Site, well: Source) -> Run:
    site.answer = Answer(PAGE, status=403, headers={"Content-Type": "text/html"})
    with pytest.raises(BlockedError):
        collected()
    return Run.objects.latest("pk")


def test_a_source_that_is_well_says_when_it_was_seen(reader: Client, well: Source) -> None:
    page = content(reader)
    assert "The last good edition was seen" in page
    assert "What came instead" not in page
    assert "/prospects/?source=listing" in page


def test_a_blocked_source_shows_the_evidence_as_text(reader: Client, shut: Run) -> None:
    page = content(reader)
    assert "list.example.gov refuses us (HTTP 403)" in page
    for told in ("403", "https://list.example.gov/list.json", "text/html", f"{len(PAGE)} bytes", "Just a moment...",
                 "Checking you"):  # fmt: skip
        assert f"<dd>{told}</dd>" in page, told
    assert "<script>alert" not in page
    assert f"/runs/{shut.pk}/" in page
    assert "/sources/listing/upload/" in page


def test_evidence_is_never_taken_for_markup(reader: Client) -> None:
    told = BlockedError("a page", evidence={"title": "<img src=x>", "text": "</dd><script>x</script>"})
    runs.fail(claimed(a_run()), told, Decision(status="blocked", kind="blocked"), now=timezone.now())
    page = content(reader)
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x>" not in page
    assert "<script>x" not in page


def test_what_came_can_be_downloaded_where_it_was_kept(reader: Client, shut: Run) -> None:
    assert "Download what came" not in content(reader)
    facts = {
        "url": "",
        "final_url": "",
        "status": 200,
        "media_type": None,
        "etag": None,
        "last_modified": None,
    }
    came = Fetched(body=PAGE, filename=None, fetched_at=timezone.now(), **facts)  # type: ignore[arg-type]
    shut.artifact = archive.keep(shut.source, came)
    shut.save()
    assert f'href="/files/{shut.artifact.pk}/"' in content(reader)


def test_a_source_that_was_blocked_once_keeps_it_out_of_the_way(
    reader: Client, site: Site, shut: Run
) -> None:
    site.serve(published([*rows(3), row(4)]))
    collected()
    page = content(reader)
    assert "<summary>Last blocked" in page
    assert "Just a moment..." in page


def test_what_stood_where_the_layout_changed_is_shown_too(reader: Client) -> None:
    gone = LayoutChangedError("no link", evidence={"title": "Forecasts", "status": "200"})
    runs.fail(claimed(a_run()), gone, Decision(status="failed", kind="layout_changed"), now=timezone.now())
    page = content(reader)
    assert "<dd>Forecasts</dd>" in page
    assert "Failing" in page


def test_a_source_that_stays_away_says_since_when_and_what_was_seen_last(
    reader: Client, site: Site, shut: Run
) -> None:
    site.answer = Answer(status=503)
    with pytest.raises(ScraperError):
        collected()
    page = content(reader)
    assert "seen last: list.example.gov is out of order (HTTP 503)" in page
    assert page.count(" since ") == 1  # once is enough


def test_a_source_never_asked_for_has_a_page_and_no_row(reader: Client) -> None:
    page = content(reader, "/sources/dhs/")
    assert "Never collected" in page
    assert "Department of Homeland Security" in page
    assert not Source.objects.exists()


def test_an_unknown_source_is_not_found(reader: Client) -> None:
    assert reader.get("/sources/none/").status_code == 404


def test_a_held_source_leads_to_the_review(reader: Client, site: Site, well: Source) -> None:
    site.serve(published([row(9)]))
    with pytest.raises(ScraperError):
        collected()
    page = content(reader)
    assert "What is shown is the list of" in page
    assert f'href="/runs/{Run.objects.latest("pk").pk}/review/"' in page


def test_its_runs_stand_newest_first(reader: Client, shut: Run) -> None:
    table = content(reader).split("Last runs")[1]
    assert table.index("Blocked") < table.index("Succeeded")


def test_a_pause_says_who_and_why(reader: Client, planned: Schedule) -> None:
    Source.objects.of(scraper_registry.get("dhs"))
    reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "they move their site"})
    page = content(reader, "/sources/dhs/")
    assert "They move their site (ana)" in page


def test_its_schedule_is_in_words(reader: Client, planned: Schedule) -> None:
    assert "daily " in content(reader, "/sources/dhs/")


def test_a_check_from_here_leads_back_here(reader: Client, well: Source) -> None:
    Check.objects.create(source=well, ok=False, detail="HTTP 503", finished_at=timezone.now())
    assert "not reached" in content(reader)
    assert reader.post("/sources/dhs/check/", {"follow": "source"})["Location"] == "/sources/dhs/"


def test_the_list_of_sources_leads_to_each_and_to_the_upload_of_the_blocked(
    reader: Client, shut: Run
) -> None:
    page = content(reader, "/sources/listing/row/")
    assert 'class="row" href="/sources/listing/"' in page
    assert '<a class="button" href="/sources/listing/upload/">Upload</a>' in page


def test_the_lists_own_date_stands_in_the_list_of_sources_or_ours_marked_as_such(
    reader: Client, well: Source
) -> None:
    assert "The list gives itself no date" in content(reader, "/sources/listing/row/")
    Run.objects.update(edition_date="2025-05-05", finished_at=timezone.now())
    page = content(reader, "/sources/listing/row/")
    assert ">5 May 2025</time>" in page
    assert "gives itself no date" not in page


def test_a_list_that_is_late_by_its_own_date_says_so(reader: Client, well: Source) -> None:
    Run.objects.update(edition_date="2025-05-05")
    Source.objects.update(list_limit_minutes=timedelta(days=92) / timedelta(minutes=1))
    page = content(reader)
    assert "Fetched today, last edited by the agency 5 May 2025" in page
    assert "5 May 2025" in content(reader, "/prospects/")  # the strip
