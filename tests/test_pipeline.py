"""The one path that a collection takes, against a server that has good days and bad ones."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Artifact, Edition, RejectedRow, Run
from prospect_aggregate.collection.outcomes import FencedError
from prospect_aggregate.normalize import dates
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.scrapers.errors import LayoutChangedError, ScraperError
from prospect_aggregate.tasks.execution import execute
from tests.agency import Answer, Site
from tests.given import LISTING, a_run, collected, published, row, rows

pytestmark = pytest.mark.django_db


def test_a_first_edition_lists_every_row(site: Site) -> None:
    site.serve(published(rows(3)))
    run = collected()
    assert (run.status, run.rows, run.new, run.changed, run.gone, run.rejected) == (
        "succeeded",
        3,
        3,
        0,
        0,
        0,
    )
    assert Prospect.objects.listed().count() == 3
    assert Change.objects.filter(kind="listed").count() == 3


def test_the_words_of_a_list_are_forgotten_once_it_is_read(site: Site) -> None:
    site.serve(published(rows(3)))
    read = dates.day("2026-05-01")
    assert dates.day("2026-05-01") is read
    collected()
    assert dates.day("2026-05-01") is not read


def test_the_bytes_are_kept_under_their_digest(site: Site) -> None:
    site.serve(published(rows(3)), headers={"ETag": '"one"'})
    run = collected()
    assert run.artifact is not None
    assert archive.body_of(run.artifact) == site.answer.body
    assert run.artifact.etag == '"one"'


def test_the_same_bytes_again_end_unchanged(site: Site) -> None:
    site.serve(published(rows(3)))
    first, second = collected(), collected()
    assert second.status == "unchanged"
    assert second.artifact == first.artifact
    assert Edition.objects.count() == 1


def test_the_same_bytes_are_not_parsed_again(site: Site) -> None:
    site.serve(published(rows(3)))
    collected()
    archive.path_of(Artifact.objects.get().sha256).write_bytes(b"nobody reads this again")
    assert collected().status == "unchanged"


def test_a_server_that_says_not_modified_ends_unchanged(site: Site) -> None:
    site.serve(published(rows(3)), headers={"ETag": '"one"'})
    collected()
    run = collected()
    assert run.status == "unchanged"
    assert site.asked[-1][1]["If-None-Match"] == '"one"'


def test_the_same_rows_in_new_bytes_change_nothing(site: Site) -> None:
    site.serve(published(rows(3)))
    collected()
    site.serve(json.dumps(rows(3), indent=4).encode())
    run = collected()
    assert (run.status, run.unchanged, run.changed) == ("succeeded", 3, 0)
    assert Edition.objects.count() == 1


def test_only_touched_rows_are_written(site: Site) -> None:
    site.serve(published(rows(300)))
    first = collected()
    site.serve(published([*rows(299), row(300, title="Another title")]))
    second = collected()
    assert Prospect.objects.filter(last_run=first).count() == 299
    assert Prospect.objects.filter(last_run=second).count() == 1


def test_columns_in_another_order_change_nothing(site: Site) -> None:
    site.serve(published(rows(3)))
    collected()
    site.serve(published([dict(reversed(each.items())) for each in rows(3)]))
    run = collected()
    assert (run.unchanged, run.changed, Change.objects.filter(kind="changed").count()) == (3, 0, 0)


def test_a_renamed_heading_is_refused_by_its_name(site: Site) -> None:
    site.serve(published(rows(3)))
    collected()
    site.serve(published(rows(3)).replace(b"Solicitation", b"Solicitation Day"))
    with pytest.raises(LayoutChangedError):
        collected()
    run = Run.objects.latest("pk")
    assert (run.status, run.error_kind) == ("failed", "layout_changed")
    assert "'Solicitation' is missing; nearest present: 'Solicitation Day'" in run.error
    assert Prospect.objects.listed().count() == 3


def test_a_new_heading_is_noted_and_its_values_are_kept(site: Site) -> None:
    site.serve(published([row(1, extra="kept")]))
    run = collected()
    assert "new heading 'Extra'" in run.notes[0]
    assert Prospect.objects.get().raw["Extra"] == "kept"


BAD_DAYS = {
    "a cut-off download": (Answer(published(rows(30)), cut=100), "failed", "transient", True),
    "a server error": (Answer(status=500), "failed", "transient", True),
    "a busy server": (Answer(status=429, headers={"Retry-After": "7200"}), "failed", "transient", True),
    "a page under the list's name": (
        Answer(b"<html><title>Sorry</title></html>"),
        "blocked",
        "blocked",
        False,
    ),
    "a refusal": (Answer(b"<html>no</html>", status=403), "blocked", "blocked", False),
    "an address that is gone": (Answer(status=404), "failed", "layout_changed", False),
    "an empty list": (Answer(b"[]"), "quarantined", "quarantined", False),
    "a list of something else": (Answer(b'[{"Name": "x"}]'), "failed", "layout_changed", False),
    "a list cut to half": (Answer(published(rows(15))), "quarantined", "quarantined", False),
}


@pytest.mark.parametrize("name", BAD_DAYS)
def test_a_bad_day_ends_as_the_policy_says_and_leaves_yesterdays_list(site: Site, name: str) -> None:
    answer, status, kind, again = BAD_DAYS[name]
    site.serve(published(rows(30)))
    collected()
    site.answer = answer
    with pytest.raises(ScraperError):
        collected()
    run = Run.objects.filter(attempt=1).latest("pk")
    assert (run.status, run.error_kind, "\n" in run.error) == (status, kind, False)
    assert Run.objects.filter(request=run.request, attempt=2, status="queued").exists() is again
    assert Prospect.objects.listed().count() == 30


def test_retry_after_decides_when_the_next_attempt_may_start(site: Site) -> None:
    site.answer = Answer(status=429, headers={"Retry-After": "7200"})
    with pytest.raises(ScraperError):
        collected()
    following = Run.objects.get(attempt=2)
    assert following.not_before is not None
    assert abs(following.not_before - timezone.now() - timedelta(hours=2)) < timedelta(minutes=1)


def test_a_silent_server_is_a_transient_failure(site: Site, settings: Settings) -> None:
    settings.HOSTS = {"list.example.gov": "http://127.0.0.1:9"}  # nobody listens at the discard port
    with pytest.raises(ScraperError):
        collected()
    assert Run.objects.get(attempt=1).error_kind == "transient"


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.robots = Answer(b"User-agent: *\nDisallow: /list.json")
    with pytest.raises(ScraperError):
        collected()
    assert Run.objects.get().status == "blocked"
    assert site.asked == []


def test_a_blocked_run_keeps_the_evidence(site: Site) -> None:
    site.answer = Answer(b"<html><title>Just a moment</title><p>Checking you</p></html>")
    with pytest.raises(ScraperError):
        collected()
    evidence = Run.objects.get().evidence
    assert (evidence["title"], evidence["text"]) == ("Just a moment", "Checking you")


def test_rejected_rows_are_kept_whole_with_their_reason(site: Site) -> None:
    site.serve(published([*rows(30), row("", title="no number")]))
    run = collected()
    rejected = RejectedRow.objects.get()
    assert (run.status, run.rejected, rejected.number) == ("succeeded", 1, 31)
    assert rejected.reason == "row 31: no Number"
    assert rejected.raw["Title"] == "no number"


def test_too_many_rejected_rows_hold_the_edition(site: Site) -> None:
    site.serve(published([*rows(10), row("", title="no number")]))
    with pytest.raises(ScraperError):
        collected()
    run = Run.objects.get()
    assert run.status == "quarantined"
    assert "1 of 11 rows could not be read, expected at most 5%" in run.error
    assert Prospect.objects.count() == 0
    assert run.rejected_rows.count() == 1


def test_a_number_used_twice_keeps_the_first_row(site: Site) -> None:
    site.serve(published([*rows(30), row(30, title="the same number again")]))
    run = collected()
    assert (run.new, run.rejected) == (30, 1)
    assert Prospect.objects.get(native_id="30").title == "Purchase 30"


def test_a_run_that_was_ended_meanwhile_writes_nothing(site: Site) -> None:
    site.serve(published(rows(3)))
    run = a_run()

    def lose(run: Run) -> None:
        if run.stage == "ingest":
            Run.objects.update(status="lost")

    with pytest.raises(FencedError):
        execute(run.pk, LISTING.run, progress=lose)
    assert Run.objects.get().status == "lost"
    assert Prospect.objects.count() == 0


def test_a_forced_collection_reads_again_what_is_unchanged(site: Site) -> None:
    site.serve(published(rows(3)))
    collected()
    run = collected(LISTING, force=True)
    assert (run.status, run.rows, run.unchanged) == ("succeeded", 3, 3)


def test_a_forced_collection_stops_at_the_gate(site: Site) -> None:
    site.serve(published(rows(30)))
    collected()
    site.serve(published(rows(3)))
    with pytest.raises(ScraperError):
        collected(LISTING, force=True)
    assert Run.objects.latest("pk").status == "quarantined"


def test_the_agency_is_told_who_asks(site: Site, settings: Settings) -> None:
    settings.CONTACT = "ops@example.com"
    site.serve(published(rows(3)))
    collected()
    agent = site.asked[0][1]["User-Agent"]
    assert agent.startswith("JPS-Prospect-Aggregate/")
    assert "ops@example.com" in agent


def test_a_run_waits_while_its_source_is_being_collected(site: Site) -> None:
    busy = a_run()
    Run.objects.filter(pk=busy.pk).update(status="started", heartbeat_at=timezone.now())
    forced = a_run(force=True)
    assert execute(forced.pk, LISTING.run) is None
    forced.refresh_from_db()
    assert forced.status == "queued"
