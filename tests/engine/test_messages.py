"""Messages wake, the database decides: doubled, lost or unsent ones change nothing."""

import pytest

from tests.engine.house import House, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]
DEAD = ["amqp://guest:guest@127.0.0.1:9//", ""]
"""Addresses that nobody answers at; the last is the embedded broker of an engine that does not run."""
AT_ONCE = 3.0  # seconds


def test_a_message_sent_five_times_or_delivered_again_is_one_execution(on_every_engine):
    """Delivered again, a message has the same id: it finds the run that it was sent for, or that it made."""

    def story(house: House) -> None:
        house.agency.hold()
        house.worker()
        house.shell("run = ask('five times')\nfor _ in range(5): send(run.pk, task)")
        wait_until(lambda: not_started(house) == 4)
        house.agency.let_go()
        assert wait_until(lambda: house.run(1)).status == "succeeded"
        house.shell("for run in ('one', 'one', 'one', 'two'): task.apply_async(task_id=run)")
        wait_until(lambda: house.run(2) and house.run(3) and not_started(house) >= 6)
        requests = {run.request for run in house.runs()}
        assert requests == {"five times", "message one", "message two"}
        assert house.agency.fetched <= len(house.runs()) == len(requests)

    on_every_engine(story)


def not_started(house: House) -> int:
    """How many messages a worker found nothing to do for."""
    return house.said("worker").count("not started here")


def test_all_sources_are_one_batch_that_nobody_waits_for_and_force_reads_again(new_house):
    house = new_house()
    house.migrate()
    house.start_broker()
    house.worker()
    house.agency.hold()
    house.shell("task_registry.get_all_scrapers_task().delay()")
    wait_until(
        lambda: "run_all_scrapers_task" in house.said("worker") and "succeeded in" in house.said("worker")
    )
    (dhs,), (commerce,) = house.runs("dhs"), house.runs("commerce")
    assert dhs.batch_id == commerce.batch_id is not None
    assert dhs.finished_at is None
    house.agency.let_go()
    assert wait_until(lambda: house.run(1)).status == "succeeded"
    house.shell("task_registry.get_force_collect_task().delay('dhs')")
    again = wait_until(lambda: house.run(2))
    assert (again.status, again.rows, again.new, again.changed) == ("succeeded", 200, 0, 0)


@pytest.mark.parametrize("address", DEAD)
def test_without_a_broker_a_request_is_kept_and_nobody_waits(new_house, address):
    house = new_house(broker_url=address)
    house.migrate()
    took = house.shell(
        "import time\nrun, began = ask('away'), time.time()\nwake(run, task)\nprint(time.time() - began)"
    )
    (run,) = house.runs()
    assert run.status == "queued"
    assert float(took) < AT_ONCE


def test_without_a_broker_collect_works_and_what_was_asked_is_sent_later(new_house):
    house = new_house(resend_after=3)
    done = house.prospects("collect", "dhs")
    assert (done.returncode, done.stdout) == (
        0,
        "dhs: succeeded, 200 rows: 200 new, 0 changed, 0 gone, 0 rejected (run 1)\n",
    )
    house.shell("wake(ask('away'), task)")
    assert [run.status for run in house.runs()] == ["succeeded", "queued"]
    house.start_broker()
    house.worker()
    house.beat()
    assert wait_until(lambda: house.run(2)).status == "unchanged"
