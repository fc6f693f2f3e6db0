"""Beats: what nobody asked for is collected, and many beats fire each slot once."""

import itertools
import logging
import os
import re
from datetime import UTC, datetime

import pytest

from tests.engine.house import House, kill, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]
logger = logging.getLogger(__name__)
SECOND = 1 / 60  # minutes
SOURCES = ("dhs", "commerce")
WATCHED = float(os.environ.get("TEST_BEAT_SECONDS", "20"))  # in which slots are counted
LEASE, FAILOVER = 15, 30  # seconds


def test_a_source_never_collected_is_collected_by_the_schedule(on_every_engine):
    """Worker and beat, and not one command."""

    def story(house: House) -> None:
        house.worker()
        house.beat()
        run = wait_until(lambda: house.run(1), 75)
        assert (run.trigger, run.status, run.new) == ("schedule", "succeeded", 200)
        assert house.count("prospects_prospect WHERE first_run_id = %s", run.id) == 200

    on_every_engine(story)


def test_two_beats_fire_each_slot_once_and_one_takes_over_when_the_other_dies(on_every_engine):
    """No worker takes the messages, so that they can be counted: one for each slot."""

    def story(house: House) -> None:
        every_second(house)
        beats = {beat.pid: beat for beat in (house.beat("beat 1"), house.beat("beat 2"))}
        leader = wait_until(house.beat_leader)
        began = wait_until(lambda: slots(house, "dhs", 3))[0]
        killed_at = kill(beats.pop(leader))
        known = len(house.runs())
        wait_until(lambda: slots(house, "dhs", known + 1), FAILOVER)
        taken_over = house.runs()[known].queued_at.timestamp() - killed_at
        logger.info("%s: the other beat fires after %.1f s", house.name, taken_over)
        assert house.beat_leader() in beats
        wait_until(lambda: slots(house, "dhs", known + 4))
        wait_until(lambda: (datetime.now(UTC) - began).total_seconds() > WATCHED, WATCHED + FAILOVER)
        for beat in house.beats:
            kill(beat)
        assert_each_slot_once(house)
        assert_missed_slots_are_one(house)

    on_every_engine(story, resend_after=600)


def every_second(house: House) -> None:
    """Two sources, and no other entry."""
    house.only_schedule("collect dhs")
    sql = """UPDATE collection_schedule SET cadence_minutes = %s, offset_minutes = 0, next_at = %s, paused = false
             WHERE name IN ('collect dhs', 'collect commerce')"""
    house.database.ask(sql, SECOND, datetime.now(UTC).replace(microsecond=0))


def slots(house: House, source: str, least: int) -> list[datetime]:
    """The slots on record, once there are so many."""
    found = [datetime.fromisoformat(run.request.removeprefix("slot ")) for run in house.runs(source)]
    return found if len(found) >= least else []


def assert_each_slot_once(house: House) -> None:
    """A beat that was killed between record and message, or between its firings and its words, said so much less."""
    recorded = [(source, slot) for source in SOURCES for slot in slots(house, source, 0)]
    assert len(recorded) == len(set(recorded))
    assert all(slot.microsecond == 0 for _, slot in recorded)
    said = house.said("beat 1") + house.said("beat 2")
    fired = sum(map(int, re.findall(r"beat: (\d+) fired", said)))
    assert len(recorded) - 2 * len(SOURCES) <= fired <= len(recorded)
    assert len(recorded) - 2 * len(SOURCES) <= house.waiting("collections") <= len(recorded)


def assert_missed_slots_are_one(house: House) -> None:
    """Those of the time in which nobody fired; how many they were is on record."""
    (stop,) = house.database.ask("SELECT slots FROM collection_stop")
    longest = max(
        (later - earlier).total_seconds()
        for source in SOURCES
        for earlier, later in itertools.pairwise(slots(house, source, 2))
    )
    logger.info("%s: %s slots missed, %.0f s without a firing", house.name, stop["slots"], longest)
    assert LEASE - 5 < longest <= FAILOVER  # it was renewed up to 3 s before the end, and a tick late
    assert stop["slots"] >= len(SOURCES) * LEASE


STOCK = """
from celery.beat import PersistentScheduler
from prospect_aggregate.tasks.schedule import generate_beat_schedule
app.conf.beat_schedule = generate_beat_schedule(task_registry)
stock = PersistentScheduler(app=app, schedule_filename={file!r})
assert set(stock.schedule) >= set(app.conf.beat_schedule)
assert all(entry.is_due().next > 0 for entry in stock.schedule.values())
entry = stock.schedule["collect dhs"]
print(stock.apply_async(entry, advance=False).id)
stock.close()
"""


def test_stock_beat_takes_the_generated_schedule_and_its_message_makes_a_run(new_house):
    house = new_house()
    house.migrate()
    house.start_broker()
    house.worker()
    message = house.shell(STOCK.format(file=str(house.folder / "stock"))).strip()
    run = wait_until(lambda: house.run(1))
    assert (run.request, run.trigger, run.status) == (f"message {message}", "program", "succeeded")
