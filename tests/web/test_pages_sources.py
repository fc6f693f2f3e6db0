"""The operator's first page: who is in trouble, and the buttons."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.collection.health import health_of
from prospect_aggregate.collection.models import Check, Process, Run, Schedule, Source
from prospect_aggregate.web.process import process
from prospect_aggregate.web.states import states
from tests.given import a_run, a_source, claimed

pytestmark = pytest.mark.django_db
CLICK = "7f4b4be0-0d5c-4c19-9c53-5f9c8a3a8a11"


def content(reader: Client, path: str = "/sources/") -> str:
    return reader.get(path).content.decode()


def ended(source: Source, status: str, *, hours: float, good: bool = False) -> None:
    then = timezone.now() - timedelta(hours=hours)
    facts = {
        "request": f"{status} {hours}",
        "trigger": "person",
        "error": "why",
        "started_at": then,
        "finished_at": then,
    }
    Run.objects.create(source=source, status=status, **facts)
    if good:
        Source.objects.filter(pk=source.pk).update(last_good_at=then)


def test_registered_sources_are_shown_before_they_were_ever_asked_for(reader: Client) -> None:
    page = content(reader)
    assert "Homeland Security" in page
    assert "Never collected" in page
    assert not Source.objects.exists()


def test_all_sources_at_once_are_what_each_says_of_itself() -> None:
    for number, status in enumerate(
        ["succeeded", "failed", "blocked", "quarantined", "lost", "unchanged", "cancelled"]
    ):
        source = Source.objects.create(key=f"s{number}", name=status)
        ended(source, "succeeded", hours=30 + 60 * (number % 2), good=True)
        ended(source, status, hours=1)
    Source.objects.create(key="new", name="new")
    Source.objects.create(key="asleep", name="asleep")
    Schedule.objects.create(name="x", source_key="asleep", kind="collect", paused=True, next_at=timezone.now(),
                            cadence_minutes=60, offset_minutes=0, seeded_cadence=60)  # fmt: skip
    now = timezone.now()
    for state in states(now=now):
        assert state.health == health_of(state.source, now=now), state.source


def test_trouble_comes_first() -> None:
    for key, status in (("fine", "succeeded"), ("stuck", "failed")):
        source = Source.objects.create(key=key, name=key)
        ended(source, "succeeded", hours=2, good=True)
        ended(source, status, hours=1)
    assert [state.source.key for state in states(now=timezone.now())] == ["stuck", "fine"]


def test_a_button_asks_for_a_run_once_however_often_it_is_sent(reader: Client) -> None:
    for _ in range(2):
        assert reader.post("/sources/dhs/collect/", {"click": CLICK})["Location"] == "/sources/"
    run = Run.objects.get()
    assert (run.source.key, run.status, run.trigger) == ("dhs", "queued", "person")


def test_two_clicks_are_two_wishes(reader: Client) -> None:
    reader.post("/sources/dhs/collect/")
    reader.post("/sources/dhs/collect/")
    assert Run.objects.count() == 2


def test_with_script_the_row_comes_back_and_watches(reader: Client) -> None:
    answer = reader.post("/sources/dhs/collect/", headers={"HX-Request": "true"}).content.decode()
    assert answer.lstrip().startswith('<tbody id="source-dhs"')
    assert 'hx-trigger="every 2s"' in answer
    assert "Waiting" in answer


def test_a_row_that_nothing_is_done_for_is_quiet(reader: Client) -> None:
    assert "every 2s" not in content(reader, "/sources/dhs/row/")


def test_an_unknown_source_is_not_found(reader: Client) -> None:
    assert reader.post("/sources/none/collect/").status_code == 404
    assert reader.post("/sources/none/check/").status_code == 404
    assert reader.get("/sources/none/row/").status_code == 404


def test_a_check_without_an_engine_says_so(reader: Client) -> None:
    answer = reader.post("/sources/dhs/check/", headers={"HX-Request": "true"}).content.decode()
    assert "the engine does not run" in answer
    assert "every 2s" not in answer


def test_a_check_that_failed_is_told_in_the_row(reader: Client) -> None:
    Check.objects.create(source=a_source(), ok=False, detail="HTTP 503", finished_at=timezone.now())
    page = content(reader, "/sources/listing/row/")
    assert "not reached" in page
    assert "HTTP 503" in page


def test_a_check_that_failed_before_a_good_list_is_told_no_more(reader: Client) -> None:
    source, then = a_source(), timezone.now() - timedelta(hours=2)
    Check.objects.create(source=source, ok=False, detail="HTTP 503", started_at=then, finished_at=then)
    ended(source, "succeeded", hours=1, good=True)
    page = content(reader, "/sources/listing/row/")
    assert "HTTP 503" not in page
    assert "reached: run" in page


def test_a_doubt_about_a_fresh_list_is_told_in_the_row(reader: Client) -> None:
    source = a_source()
    ended(source, "succeeded", hours=1, good=True)
    Run.objects.update(rows=700, rejected=3)
    page = content(reader, "/sources/listing/row/")
    assert "Fresh" in page
    assert "<p>" in page.split('class="second"')[1]
    assert "3 of 700 rows could not be read" in page.split('class="second"')[1]


def test_what_the_state_says_already_is_said_once(reader: Client) -> None:
    ended(a_source(), "blocked", hours=1)
    assert content(reader, "/sources/listing/row/").split('class="second"')[1].lower().count("why") == 1


def test_progress_is_where_the_run_is(reader: Client) -> None:
    run = claimed(a_run())
    Run.objects.filter(pk=run.pk).update(stage="read", rows=1500)
    page = content(reader, "/sources/listing/row/")
    assert "Reading rows, 1,500 rows so far." in page
    assert "disabled" in page


def test_the_line_of_life_tells_the_rows_what_to_watch(reader: Client) -> None:
    claimed(a_run())
    assert "collecting-listing" in reader.get("/sources/process/")["HX-Trigger-After-Settle"]


def test_nobody_is_called_alive_without_a_sign_of_life() -> None:
    signs = process(now=timezone.now())
    assert (signs.worker.shape, signs.beat.shape) == ("never", "never")
    assert "nothing is being collected" in signs.alarm


def heard(kind: Process.Kind, at: datetime) -> None:
    Process.objects.create(kind=kind, name=f"{kind}", started_at=at, heard_at=at)


def test_a_beat_that_was_killed_is_told_as_dead_while_nobody_else_lives() -> None:
    now = timezone.now()
    heard(Process.Kind.BEAT, now)
    assert process(now=now).beat.shape == "fresh"
    later = process(now=now + timedelta(seconds=40))
    assert (later.beat.shape, later.beat.text) == ("failing", "none for 40 s")
    assert "The last beat has not been heard since" in later.alarm


def test_a_queue_that_nobody_takes_from_raises_the_alarm(reader: Client) -> None:
    heard(Process.Kind.WORKER, timezone.now())
    Run.objects.filter(pk=a_run().pk).update(queued_at=timezone.now() - timedelta(minutes=6))
    assert "1 runs wait since" in content(reader)


def test_a_paused_source_says_why_and_until_when(reader: Client, planned: Schedule) -> None:
    reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "they move their site"})
    page = content(reader, "/sources/dhs/row/")
    assert "they move their site" in page
    assert "ana" in page


def test_sources_are_found_by_state_and_text(reader: Client) -> None:
    assert "Commerce" not in content(reader, "/sources/?q=homeland").split("<tbody")[1]
    assert "No source is like that" in content(reader, "/sources/?state=blocked")
