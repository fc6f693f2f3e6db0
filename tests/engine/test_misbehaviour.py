"""Tasks that misbehave in a real worker: each ends in its documented status, and the worker goes on."""

import sys
from types import SimpleNamespace

import pytest

from tests.engine.house import House, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]
ASK = "import tests.engine.misbehaving\ntask_registry.get_scraper_task({key!r}).delay()"
REQUEST = """
import tests.engine.misbehaving
source = Source.objects.of(scraper_registry.get({key!r}))
run = runs.request(source, reason="after it", trigger=Run.Trigger.PERSON)
wake(run, task_registry.get_scraper_task({key!r}))
"""
"""On record, so that a message which dies with a pool process is sent again."""
SOON = 40.0  # seconds, on a busy machine too; without the worker's own word a lost run would take a minute


def ask(house: House, key: str) -> None:
    house.shell(ASK.format(key=key))


def ended(house: House, key: str) -> SimpleNamespace | None:
    """Its first attempt, once it has ended."""
    found = house.runs(key)[:1]
    return found[0] if found and found[0].finished_at else None


def started(house: House, key: str) -> SimpleNamespace | None:
    found = house.runs(key)[:1]
    return found[0] if found and found[0].started_at else None


def seconds(run: SimpleNamespace) -> float:
    return (run.finished_at - run.started_at).total_seconds()


def test_each_misdeed_ends_in_its_status_and_the_worker_goes_on(new_house):
    house = new_house(time_limit=3, memory_limit=300, resend_after=3)
    house.migrate()
    house.start_broker()
    house.only_schedule("collect dhs")
    worker = house.worker(app="tests.engine.misbehaving")
    house.start("beat", *beat_of("tests.engine.misbehaving"))
    for key in ("raising", "rubbish", "eating", "vanishing", "hanging"):
        ask(house, key)
    raising, rubbish, eating, vanishing, hanging = (
        wait_until(lambda key=key: ended(house, key), 60)
        for key in ("raising", "rubbish", "eating", "vanishing", "hanging")
    )
    assert (raising.status, raising.error_kind, raising.error) == (
        "failed",
        "bug",
        "the third column is empty",
    )
    assert (rubbish.status, rubbish.error_kind) == ("failed", "not_forecast")
    assert (eating.status, eating.error_kind) == ("failed", "memory_limit")
    assert "MB of memory, more than the 300 allowed" in eating.error
    assert (vanishing.status, vanishing.error_kind) == ("lost", "lost")
    assert seconds(vanishing) < SOON
    assert (hanging.status, hanging.error_kind) == ("failed", "time_limit")
    assert "it took longer than a collection may" in hanging.error
    house.shell(REQUEST.format(key="raising"))
    assert wait_until(lambda: len(house.runs("raising")) == 2 and house.runs("raising")[1].finished_at, 120)
    assert worker.poll() is None


@pytest.mark.parametrize("key", ["hanging", "deaf"])
def test_a_cancelled_run_frees_its_worker(new_house, key):
    house = new_house(resend_after=3)
    house.migrate()
    house.start_broker()
    house.only_schedule("collect dhs")
    house.worker(app="tests.engine.misbehaving", concurrency=1)
    house.start("beat", *beat_of("tests.engine.misbehaving"))
    ask(house, key)
    run = wait_until(lambda: started(house, key))
    done = house.prospects("cancel", str(run.id), "--reason", "nobody needs it")
    assert done.returncode == 0, done.stderr
    cancelled = ended(house, key)
    assert (cancelled.status, cancelled.error) == ("cancelled", "nobody needs it")
    house.shell(REQUEST.format(key="raising"))
    assert wait_until(lambda: ended(house, "raising"), 120).error == "the third column is empty"


def test_a_run_that_had_ended_is_not_cancelled(new_house):
    house = new_house()
    house.migrate()
    assert house.prospects("collect", "dhs").returncode == 0
    done = house.prospects("cancel", "1", "--reason", "too late")
    assert (done.returncode, done.stderr) == (1, "prospects: run 1 of dhs had already ended: succeeded\n")


def test_a_poisonous_run_is_parked_with_its_reason(new_house):
    """Every attempt kills its process; the last one is not tried again."""
    house = new_house(heartbeat_every=1, lost_after=3)
    house.migrate()
    house.start_broker()
    house.worker(app="tests.engine.misbehaving")
    house.start("beat", *beat_of("tests.engine.misbehaving"))
    ask(house, "vanishing")
    first_three = wait_until(lambda: len(runs := house.runs("vanishing")) >= 4 and runs, 120)
    assert [run.status for run in first_three[:3]] == ["lost"] * 3
    house.database.ask("UPDATE collection_run SET not_before = NULL WHERE attempt = 4")
    last = wait_until(lambda: house.runs("vanishing")[3].finished_at and house.runs("vanishing")[3], 120)
    assert "given up after 4 attempts" in last.error
    assert len(house.runs("vanishing")) == 4


def beat_of(app: str) -> tuple[str, ...]:
    scheduler = "--scheduler=prospect_aggregate.tasks.table_scheduler:TableScheduler"
    return (sys.executable, "-m", "celery", "-A", app, "beat", scheduler, "--pidfile=", "--loglevel=INFO")
