"""The schedule: read, paused, resumed, edited, fired now; every act races the beat and other people."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from prospect_aggregate.celery_app import app
from prospect_aggregate.collection import clock, schedules
from prospect_aggregate.collection.models import Run, Schedule, Source, Stop
from prospect_aggregate.collection.schedules import ScheduleChangedError, Slots
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.loop import tick
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.table_scheduler import seed
from prospect_aggregate.web import cadences

pytestmark = pytest.mark.django_db
DAILY_0530 = {"every": "1440", "time": "05:30", "weekday": "0"}


def content(reader: Client, path: str = "/schedule/") -> str:
    return reader.get(path).content.decode()


def again(row: Schedule) -> Schedule:
    return Schedule.objects.get(pk=row.pk)


def shown(row: Schedule) -> dict[str, str]:
    return {"was_cadence": repr(row.cadence_minutes), "was_offset": repr(row.offset_minutes)}


def test_rows_say_when_in_words(reader: Client, planned: Schedule) -> None:
    page = content(reader)
    assert cadences.words(schedules.slots_of(planned)) in page
    assert ">Homeland Security<" in page  # of a source that was never asked for


def test_a_slot_that_nobody_took_is_not_called_the_next_one(reader: Client, planned: Schedule) -> None:
    Schedule.objects.filter(pk=planned.pk).update(next_at=clock.now() - timedelta(hours=1))
    assert "<h1>Was due: <strong>Homeland Security</strong>" in content(reader)


def test_a_pause_needs_a_reason(reader: Client, planned: Schedule) -> None:
    answer = reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "  "})
    assert answer.status_code == 409
    assert b"say why" in answer.content
    assert not again(planned).paused


def test_a_paused_row_does_not_fire_and_says_why(reader: Client, planned: Schedule) -> None:
    reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "moved"})
    Schedule.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    tick(task_registry, now=timezone.now())
    assert not Run.objects.filter(source__key="dhs").exists()
    page = content(reader)
    assert "moved" in page
    assert "until somebody resumes" in page


def test_a_pause_with_an_end_moves_the_next_slot_behind_it(planned: Schedule) -> None:
    now = timezone.now()
    schedules.pause(planned, until=now + timedelta(days=9), reason="moved", by="ana", now=now)
    row = again(planned)
    assert row.next_at > now + timedelta(days=9)
    assert (row.asleep(now), row.asleep(row.next_at)) == (True, False)


def test_a_pause_does_not_end_in_the_past(reader: Client, planned: Schedule) -> None:
    answer = reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "moved", "until": "2020-01-01"})
    assert b"would end in the past" in answer.content


def test_who_pauses_second_is_told(planned: Schedule) -> None:
    now = timezone.now()
    schedules.pause(planned, until=None, reason="first", by="ana", now=now)
    with pytest.raises(ScheduleChangedError):
        schedules.pause(planned, until=None, reason="second", by="bob", now=now)
    assert again(planned).pause_reason == "first"


def test_resuming_fires_from_the_next_slot_on(reader: Client, planned: Schedule) -> None:
    reader.post(f"/schedule/{planned.pk}/pause/", {"reason": "moved"})
    reader.post(f"/schedule/{planned.pk}/resume/")
    row = again(planned)
    assert (row.paused, row.pause_reason, row.next_at > timezone.now()) == (False, "", True)


def test_an_edit_is_shown_before_it_is_saved(reader: Client, planned: Schedule) -> None:
    page = reader.get(f"/schedule/{planned.pk}/edit/", DAILY_0530).content.decode()
    assert "daily 05:30" in page
    assert page.count("05:30</time>") == 5
    assert again(planned).offset_minutes == planned.offset_minutes


def test_an_edit_is_kept_and_wins_over_the_code(reader: Client, planned: Schedule) -> None:
    reader.post(f"/schedule/{planned.pk}/edit/", DAILY_0530 | shown(planned))
    seed(app.conf.beat_schedule, task_registry, now=timezone.now())
    row = again(planned)
    assert (row.cadence_minutes, row.offset_minutes, row.set_by) == (1440, 330, "ana")
    assert f"{row.next_at:%H:%M}" == "05:30"


def test_an_edit_over_somebody_elses_is_refused(reader: Client, planned: Schedule) -> None:
    schedules.edit(planned, Slots(60.0, 5.0), by="bob", now=timezone.now())
    answer = reader.post(f"/schedule/{planned.pk}/edit/", DAILY_0530 | shown(planned))
    assert answer.status_code == 409
    assert b"edited by somebody else" in answer.content
    assert again(planned).set_by == "bob"


def test_an_edit_that_makes_no_sense_says_what_to_write(reader: Client, planned: Schedule) -> None:
    answer = reader.post(f"/schedule/{planned.pk}/edit/", DAILY_0530 | shown(planned) | {"time": "25:00"})
    assert answer.status_code == 409
    assert b"write the time as 05:30" in answer.content


def test_an_edit_while_asleep_wakes_nothing(planned: Schedule) -> None:
    now = timezone.now()
    schedules.pause(planned, until=now + timedelta(days=9), reason="moved", by="ana", now=now)
    schedules.edit(again(planned), Slots(60.0, 5.0), by="ana", now=now)
    assert again(planned).next_at > now + timedelta(days=9)


def test_the_code_can_be_followed_again(reader: Client, planned: Schedule) -> None:
    schedules.edit(planned, Slots(60.0, 5.0), by="ana", now=timezone.now())
    reader.post(f"/schedule/{planned.pk}/code/")
    row = again(planned)
    assert (row.cadence_minutes, row.offset_minutes) == (planned.cadence_minutes, planned.offset_minutes)
    assert not row.edited


def test_run_now_leaves_the_next_slot_where_it_is(reader: Client, planned: Schedule) -> None:
    answer = reader.post(f"/schedule/{planned.pk}/now/")
    run = Run.objects.get()
    assert answer["Location"] == f"/runs/{run.pk}/"
    assert again(planned).next_at == planned.next_at


def test_a_check_now_without_an_engine_says_so(reader: Client, planned: Schedule) -> None:
    row = Schedule.objects.get(name="check dhs")
    assert b"engine does not run" in reader.post(f"/schedule/{row.pk}/now/", follow=True).content


def at(row: Schedule, moment: datetime) -> dict[str, str]:
    """What the form sends, as it shows the row."""
    return {"at": f"{moment:%Y-%m-%dT%H:%M}", "was_next": row.next_at.isoformat()}


def test_the_next_firing_is_moved_once(reader: Client, planned: Schedule) -> None:
    moment = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    page = reader.post(f"/schedule/{planned.pk}/at/", at(planned, moment), follow=True).content.decode()
    assert f"fires next at {moment:%Y-%m-%d %H:%M} UTC, then by its slots as before" in page
    assert "once, by ana" in page
    row = again(planned)
    assert (row.next_at, row.moved_by, row.edited) == (moment, "ana", False)


def test_the_form_carries_the_moment_that_it_shows(reader: Client, planned: Schedule) -> None:
    page = content(reader, f"/schedule/{planned.pk}/edit/")
    assert f'name="was_next" value="{planned.next_at.isoformat()}"' in page


def test_a_firing_that_came_meanwhile_is_not_moved(reader: Client, planned: Schedule) -> None:
    sent = at(planned, clock.now() + timedelta(days=2))
    Schedule.objects.filter(pk=planned.pk).update(next_at=planned.next_at + timedelta(days=1))
    answer = reader.post(f"/schedule/{planned.pk}/at/", sent)
    assert (answer.status_code, again(planned).moved_by) == (409, "")
    assert b"has fired or was changed since" in answer.content


@pytest.mark.parametrize(
    ("written", "said"),
    [("2020-01-01T00:00", "has passed; fire it now instead"), ("noon", "write the time as")],
)
def test_a_moment_that_makes_no_sense_is_refused(
    reader: Client, planned: Schedule, written: str, said: str
) -> None:
    sent = {"at": written, "was_next": planned.next_at.isoformat()}
    answer = reader.post(f"/schedule/{planned.pk}/at/", sent)
    assert (answer.status_code, said in answer.content.decode()) == (409, True)


def test_the_next_ten_firings_stand_first(reader: Client, planned: Schedule) -> None:
    """One row may have several of them."""
    Source.objects.know(scraper_registry)
    now = clock.now()
    Schedule.objects.exclude(pk=planned.pk).update(next_at=now + timedelta(hours=1))
    Schedule.objects.filter(pk=planned.pk).update(cadence_minutes=15, next_at=now + timedelta(minutes=5))
    page = content(reader)
    assert "Next: <strong>Homeland Security</strong>" in page
    assert "then 9 more by" in page
    listed = page.split("<ol>")[1].split("</ol>")[0]
    assert listed.count("<li>") == 10
    assert listed.count("Homeland Security") in (4, 5)  # of a quarter of an hour each, before the others


def test_a_source_that_this_version_does_not_have_is_no_next_firing(
    reader: Client, planned: Schedule
) -> None:
    Schedule.objects.filter(pk=planned.pk).update(
        task="run_removed_task", next_at=clock.now() - timedelta(days=3)
    )
    page = content(reader)
    assert "not in this version" in page
    assert "3 d ago" not in page.split("<table")[0]


def test_what_was_missed_while_stopped_is_told(reader: Client, planned: Schedule) -> None:
    now = clock.now()
    began, ended = now - timedelta(days=2, hours=5), now - timedelta(days=2)
    Stop.objects.create(began_at=began, ended_at=ended, slots=3)
    page = re.sub("<[^>]+>", "", content(reader))
    told = f"3 slots missed while stopped {began.day} {began:%b %H:%M}–{ended.day} {ended:%b %H:%M} UTC"
    assert f"{told}; each source collected once on return" in page


def test_a_stop_of_long_ago_is_history(reader: Client, planned: Schedule) -> None:
    now = clock.now()
    Stop.objects.create(began_at=now - timedelta(days=9), ended_at=now - timedelta(days=8), slots=3)
    assert "missed while stopped" not in content(reader)


def test_an_empty_schedule_says_how_it_is_made(reader: Client) -> None:
    assert "Nothing is scheduled" in content(reader)


def test_the_code_of_a_removed_source_cannot_be_followed(reader: Client, planned: Schedule) -> None:
    Schedule.objects.filter(pk=planned.pk).update(name="collect removed")
    answer = reader.post(f"/schedule/{planned.pk}/code/", follow=True)
    assert b"the code knows no slots for collect removed" in answer.content


@pytest.mark.parametrize(
    ("cadence", "offset", "written"),
    [
        (1440, 303, "daily 05:03"),
        (60, 7, "hourly at :07"),
        (360, 39, "every 6 h at 00:39, 06:39, 12:39 …"),
        (720, 39, "every 12 h at 00:39, 12:39"),
        (10080, 1440 + 425, "Tuesdays 07:05"),
        (15, 3, "every 15 min"),
        (0.5, 0, "every 30 s"),
    ],
)
def test_slots_are_told_in_words(cadence: float, offset: float, written: str) -> None:
    assert cadences.words(Slots(cadence, offset)) == written


@pytest.mark.parametrize(("cadence", "offset"), [(0.5, 0), (60, 60), (60, -1), (10**7, 0)])
def test_slots_that_nobody_can_mean_are_refused(planned: Schedule, cadence: float, offset: float) -> None:
    with pytest.raises(ValueError, match="minutes: use"):
        schedules.edit(planned, Slots(cadence, offset), by="ana", now=timezone.now())


def test_a_row_of_seconds_is_shown_like_any_other(reader: Client, planned: Schedule) -> None:
    """A demo's schedule, or an entry that somebody added to the code."""
    Schedule.objects.update(cadence_minutes=0.5, offset_minutes=0)
    assert "every 30 s" in content(reader)
    assert reader.get(f"/schedule/{planned.pk}/edit/").status_code == 200


def test_a_weekly_choice_falls_on_its_day() -> None:
    slots = cadences.choice_of("10080", "07:05", "1").slots
    assert slots.after(datetime(2026, 5, 25, tzinfo=UTC), 1) == [datetime(2026, 5, 26, 7, 5, tzinfo=UTC)]
