"""Beats: what nobody asked for is collected, and many beats fire each slot once."""

import logging
import re
from datetime import UTC, datetime

import pytest

from tests.engine.house import House, kill, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]
logger = logging.getLogger(__name__)
SLOT = 2 / 60  # minutes
WATCHED = 20  # seconds in which slots are counted
FAILOVER = 30  # seconds; the lease is held for 15


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
        house.only_schedule("collect dhs", cadence_minutes=SLOT, offset_minutes=0, next_at=datetime.now(UTC))
        beats = {beat.pid: beat for beat in (house.beat("beat 1"), house.beat("beat 2"))}
        leader = wait_until(house.beat_leader)
        before = wait_until(lambda: slots(house, 3))
        killed_at = kill(beats.pop(leader))
        known = len(house.runs())
        wait_until(lambda: slots(house, known + 1), FAILOVER)
        taken_over = house.runs()[known].queued_at.timestamp() - killed_at
        logger.info("%s: the other beat fires after %.1f s", house.name, taken_over)
        assert house.beat_leader() in beats
        wait_until(lambda: (datetime.now(UTC) - before[0]).total_seconds() > WATCHED)
        assert_each_slot_once(house, killed=1)

    on_every_engine(story)


def slots(house: House, least: int) -> list[datetime]:
    """The slots on record, once there are so many."""
    found = [datetime.fromisoformat(run.request.removeprefix("slot ")) for run in house.runs()]
    return found if len(found) >= least else []


def assert_each_slot_once(house: House, *, killed: int) -> None:
    """A beat that was killed between record and message leaves a run that is sent later."""
    for beat in house.beats:
        kill(beat)
    recorded = slots(house, 0)
    assert len(recorded) == len(set(recorded))
    assert all(slot.second % 2 == 0 for slot in recorded[1:])
    said = house.said("beat 1") + house.said("beat 2")
    fired = sum(map(int, re.findall(r"beat: (\d+) fired", said)))
    assert len(recorded) - killed - 1 <= fired <= len(recorded)
    assert len(recorded) - killed - 1 <= house.waiting("collections") <= len(recorded)


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
