"""Runs, and one run while it goes, ends and is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection import runs
from prospect_aggregate.collection.models import LogLine, Run
from prospect_aggregate.collection.outcomes import Decision
from prospect_aggregate.scrapers.errors import BlockedError
from prospect_aggregate.tasks.loop import tick
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.web.sentences import sentence
from prospect_aggregate.web.way import way_of
from tests.agency import Site
from tests.given import a_run, claimed, collected, published, row, rows

pytestmark = pytest.mark.django_db


def content(reader: Client, path: str) -> str:
    return reader.get(path).content.decode()


def states(run: Run) -> dict[str, str]:
    return {step.name: step.state for step in way_of(run)}


@pytest.fixture
def good(site: Site) -> Run:
    site.serve(published(rows(3)))
    return collected()


@pytest.fixture
def held(site: Site, good: Run) -> Run:
    site.serve(published([row(9)]))
    run = a_run()
    with pytest.raises(Exception, match="held"):
        _execute(run)
    run.refresh_from_db()
    return run


@pytest.fixture
def blocked() -> Run:
    run = claimed(a_run())
    error = BlockedError(
        "a page instead of a list", evidence={"title": "<script>alert(1)</script>", "status": "403"}
    )
    runs.fail(run, error, Decision(status="blocked", kind="blocked"), now=timezone.now())
    return run


@pytest.mark.parametrize("purpose", ["undo", "replay"])
def test_a_run_that_takes_no_file_shows_no_stages(reader: Client, good: Run, purpose: str) -> None:
    assert 'class="way"' in content(reader, f"/runs/{good.pk}/")
    Run.objects.filter(pk=good.pk).update(purpose=purpose)
    assert 'class="way"' not in content(reader, f"/runs/{good.pk}/")


def _execute(run: Run) -> None:
    from prospect_aggregate.tasks.execution import execute
    from tests.given import LISTING

    execute(run.pk, LISTING.run)


def lost() -> Run:
    run = claimed(a_run())
    Run.objects.filter(pk=run.pk).update(
        heartbeat_at=timezone.now() - settings.LOST_AFTER - timedelta(seconds=1)
    )
    tick(task_registry, now=timezone.now())
    run.refresh_from_db()
    return run


def test_runs_are_listed_newest_first_with_their_sentence(reader: Client, good: Run) -> None:
    assert "3 rows: 3 new." in content(reader, "/runs/")


def test_runs_are_filtered_by_status_source_and_trigger(reader: Client, good: Run, blocked: Run) -> None:
    page = content(reader, "/runs/?status=blocked&source=listing&trigger=person")
    assert f'href="/runs/{blocked.pk}/"' in page
    assert f'href="/runs/{good.pk}/"' not in page
    assert "No run is like that" in content(reader, "/runs/?status=lost")


def test_what_ended_badly_today_is_counted_first(reader: Client, blocked: Run) -> None:
    assert "1 blocked" in content(reader, "/runs/")


def test_a_good_run_took_the_whole_way(good: Run) -> None:
    assert set(states(good).values()) == {"done"}


def test_a_held_run_shows_which_check_held_it(reader: Client, held: Run) -> None:
    assert states(held) | {"judge": "held"} == states(held)
    page = content(reader, f"/runs/{held.pk}/")
    assert "3 of 3 listed prospects gone at once" in page
    assert "waits for a person" in page


def test_a_blocked_run_shows_its_evidence_as_text(reader: Client, blocked: Run) -> None:
    page = content(reader, f"/runs/{blocked.pk}/")
    assert states(blocked)["fetch"] == "stopped"
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_rejected_rows_are_shown_whole(reader: Client, site: Site) -> None:
    site.serve(published([*rows(40), row("", title="nobody's")]))
    page = content(reader, f"/runs/{collected().pk}/")
    assert "no Number" in page
    assert "nobody&#x27;s" in page


def test_a_run_in_progress_is_watched(reader: Client) -> None:
    run = claimed(a_run())
    page = content(reader, f"/runs/{run.pk}/")
    assert f'hx-get="/runs/{run.pk}/live/?was=started"' in page
    assert states(run)["fetch"] == "doing"


def test_a_silent_worker_is_told_before_the_run_is_lost(reader: Client) -> None:
    run = claimed(a_run())
    Run.objects.filter(pk=run.pk).update(heartbeat_at=timezone.now() - timedelta(seconds=40))
    assert "Nothing heard from some worker for 40 s" in content(reader, f"/runs/{run.pk}/live/?was=started")


def test_a_lost_run_shows_its_recovery_and_watches_it(reader: Client) -> None:
    run = lost()
    page = content(reader, f"/runs/{run.pk}/live/?was=started")
    assert "no sign of life" in page.lower()
    assert "Attempt 2" in page
    assert "every 2s" in page


def test_a_recovery_that_ended_is_watched_no_more(reader: Client) -> None:
    run = lost()
    Run.objects.filter(attempt=2).update(status="succeeded", rows=5, new=5, finished_at=timezone.now())
    page = content(reader, f"/runs/{run.pk}/")
    assert "Tried again: attempt 2" in page
    assert f"/runs/{run.pk}/live/" not in page


def test_a_run_that_ended_while_watched_is_shown_anew(reader: Client, good: Run) -> None:
    assert reader.get(f"/runs/{good.pk}/live/?was=started")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in reader.get(f"/runs/{good.pk}/live/?was=succeeded")


def test_an_unchanged_run_says_so(site: Site, good: Run) -> None:
    again = collected()
    assert sentence(again) == "The same list as last time."
    assert states(again)["read"] == "skipped"


def test_an_error_that_begins_with_a_name_keeps_its_spelling() -> None:
    assert sentence(Run(status="failed", error="www.x.gov: no answer")) == "www.x.gov: no answer."
    assert sentence(Run(status="failed", error="heading 'A' is missing")) == "Heading 'A' is missing."


def said(run: Run, *texts: str) -> LogLine:
    lines = [LogLine(run=run, at=timezone.now(), level="info", text=f"run {run.pk}: {it}") for it in texts]
    return LogLine.objects.bulk_create(lines)[-1]


def test_the_log_goes_on_while_the_run_does(reader: Client) -> None:
    run = claimed(a_run())
    last = said(run, "fetch")
    log = f"/runs/{run.pk}/log/"
    assert f'hx-get="{log}?after={last.pk}" hx-trigger="every 2s"' in content(reader, f"/runs/{run.pk}/")
    assert reader.get(log, {"after": last.pk}).status_code == 204
    newest = said(run, "keep", "<b>read</b>")
    page = reader.get(log, {"after": last.pk}).content.decode()
    assert "fetch" not in page
    assert "&lt;b&gt;read" in page
    assert f"?after={newest.pk}" in page


def test_the_log_of_an_ended_run_is_asked_for_until_its_last_words_came(reader: Client, good: Run) -> None:
    assert "last words" in content(reader, f"/runs/{good.pk}/")
    Run.objects.filter(pk=good.pk).update(finished_at=timezone.now() - timedelta(minutes=1))
    page = content(reader, f"/runs/{good.pk}/")
    assert "3 new, 0 changed, 0 gone" in page
    assert "every 2s" not in page


def test_nonsense_asked_of_a_log_asks_for_all_of_it(reader: Client) -> None:
    run = claimed(a_run())
    said(run, "fetch")
    assert "fetch" in content(reader, f"/runs/{run.pk}/log/?after=x")


def test_bytes_are_told_while_they_come(reader: Client) -> None:
    run = claimed(a_run())
    now = timezone.now()
    Run.objects.filter(pk=run.pk).update(stage="fetch", bytes=2_411_724, stage_at=now - timedelta(seconds=70))
    page = content(reader, f"/runs/{run.pk}/live/?was=started")
    assert "Fetching, 2.3 MB so far." in page
    assert "1 min" in page
    assert f'data-announce="Run {run.pk}: In progress, fetch"' in page


def test_cancelling_says_first_what_it_does(reader: Client, good: Run) -> None:
    run = claimed(a_run())
    assert f'href="/runs/{run.pk}/cancel/"' in content(reader, f"/runs/{run.pk}/")
    page = content(reader, f"/runs/{run.pk}/cancel/")
    assert "nothing of it is written" in page
    assert "3 prospects" in page
    run.refresh_from_db()
    assert run.status == "started"


@pytest.mark.parametrize("start", [claimed, lambda run: run], ids=["in progress", "waiting"])
def test_a_run_is_cancelled_by_a_button_and_says_by_whom_and_why(
    reader: Client, start: Callable[[Run], Run]
) -> None:
    run = start(a_run())
    page = reader.post(f"/runs/{run.pk}/cancel/", {"reason": "they move  their site"}, follow=True)
    run.refresh_from_db()
    assert (run.status, run.error) == ("cancelled", "by ana: they move their site")
    assert "By ana: they move their site." in page.content.decode()


def test_a_run_that_ended_meanwhile_is_not_cancelled_and_the_page_says_so(reader: Client, good: Run) -> None:
    assert reader.get(f"/runs/{good.pk}/cancel/")["Location"] == f"/runs/{good.pk}/"
    page = reader.post(f"/runs/{good.pk}/cancel/", follow=True).content.decode()
    assert f"Nothing was cancelled: run {good.pk} of listing had already ended: succeeded." in page
    assert f"/runs/{good.pk}/cancel/" not in page


def test_an_unknown_run_is_not_found(reader: Client, lists: Callable[..., Run]) -> None:
    assert reader.get("/runs/999/").status_code == 404
