"""What people did to the schedule: in effect without a restart, and still so after restarts and deploys."""

import shutil
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.engine.house import ROOT, SOURCE, House, Process, wait_until

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]
IN_EFFECT = 10  # seconds
NEW_SOURCE = '''
"""A source that came with a deploy."""

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.fetch import Kind


class Moonbase(Scraper):
    name = "Moonbase"
    agency = "Department of Examples"
    url = address = "https://moonbase.example.gov/list.json"
    kind = Kind.JSON
    columns = {"native_id": "Number", "title": "Title"}
'''


@pytest.fixture
def house(new_house) -> House:
    house = new_house()
    house.migrate()
    house.start_broker()
    return house


def test_a_firing_moved_by_hand_is_in_effect_without_a_restart(house: House) -> None:
    beat(house)
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=8)
    typed(house, "at", "dhs", moment.isoformat())
    run = wait_until(lambda: house.runs("dhs"))[0]
    assert run.request == f"slot {moment.isoformat()}"
    assert (run.queued_at - moment).total_seconds() < IN_EFFECT


def test_what_people_set_survives_restarts_and_deploys(house: House) -> None:
    """One deploy removes a source and adds another; the next takes that back."""
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
    first = beat(house)
    typed(house, "every", "dhs", "90")
    typed(house, "pause", "commerce", "--reason", "moved")
    typed(house, "at", "hhs", tomorrow.isoformat())
    typed(house, "pause", "navy", "--reason", "moved", "--until", tomorrow.isoformat())
    set_by_people = by_hand(house)
    stop(first)

    missed = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    house.database.ask("UPDATE collection_schedule SET next_at = %s WHERE name = 'collect nasa'", missed)
    known = len(house.runs("nasa"))
    removed = row(house, "collect nasa")
    second = beat(house, PYTHONPATH=f"{next_version(house.folder)}:{ROOT}")
    assert row(house, "collect moonbase")["task"] == "run_moonbase_scraper_task"
    assert by_hand(house) == set_by_people
    assert row(house, "collect nasa") == removed
    stop(second)

    beat(house)
    runs = wait_until(lambda: house.runs("nasa")[known:])
    assert runs[0].request == f"slot {missed.isoformat()}"
    assert by_hand(house) == set_by_people


def beat(house: House, **env: str) -> Process:
    """Returns when it leads and has looked at every row."""
    started = house.beat(**env)
    wait_until(lambda: house.beat_leader() == started.pid)
    turn = heard(house)
    wait_until(lambda: heard(house) != turn)
    return started


def heard(house: House) -> object:
    return house.database.ask("SELECT heard_at FROM collection_lease WHERE name = 'beat'")


def stop(process: Process) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)


def typed(house: House, *words: str) -> None:
    done = house.prospects("schedule", *words)
    assert done.returncode == 0, done.stderr


def row(house: House, name: str) -> dict[str, object]:
    (found,) = house.database.ask("SELECT * FROM collection_schedule WHERE name = %s", name)
    return found


def by_hand(house: House) -> list[dict[str, object]]:
    """Four rows as people left them, without what firings do to a row that is awake."""
    rows = [row(house, f"collect {key}") for key in ("dhs", "commerce", "hhs", "navy")]
    for changing in ("next_at", "last_at", "missed"):
        del rows[0][changing]
    return rows


def next_version(folder: Path) -> Path:
    """The product without NASA and with a new source file; not a line of it is edited."""
    version = folder / "next version"
    shutil.copytree(Path(SOURCE) / "prospect_aggregate", version / "prospect_aggregate")
    sources = version / "prospect_aggregate/scrapers/sources"
    (sources / "nasa.py").unlink()
    (sources / "moonbase.py").write_text(NEW_SOURCE, encoding="utf-8")
    return version
