"""The play itself: editions come, slots fire, and at random moments something dies."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from prospect_aggregate.sandbox.editions import chosen
from prospect_aggregate.sandbox.server import Server
from tests.engine.chaos.calm import collected_in_peace
from tests.engine.chaos.stage import Stage, staged
from tests.engine.chaos.verdict import Verdict, verdict_of
from tests.engine.house import kill, wait_until
from tests.engine.services import Engine

SCALE = 0.06  # of the real lists: with fewer rows, one that goes is a third of its list, and held
SETTLED_WITHIN = 240.0  # seconds after the last blow


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """How much of it. `cadence` in seconds; a blow falls every `gap` seconds, about."""

    slots: int
    editions: int
    cadence: int = 20
    gap: float = 12.0
    seed: int = 1
    seconds: float = 900.0
    spared: tuple[str, ...] = ()
    """Blows that do not fall."""
    settings: dict[str, object] = field(default_factory=dict)


def play(folder: Path, engine: Engine, act: Act) -> Verdict:
    """Raises AssertionError when the sources are not through in time, or what is left is not as it must be."""
    today = datetime.now(UTC).date()
    with (
        Server(today=today, scale=SCALE, current=1, count=6) as agencies,
        staged(folder, engine, agencies, **act.settings) as stage,
    ):
        stage.start()
        _set_cadence(stage, act.cadence)
        struck = _strike_until_done(stage, agencies, act)
        _settle(stage)
        calm = collected_in_peace(folder / "calm", editions=act.editions, scale=SCALE, today=today)
        return verdict_of(stage.house, struck, calm)


def _set_cadence(stage: Stage, cadence: int) -> None:
    """Every source by the same clock, spread over it; checks are left out."""
    house = stage.house
    wait_until(lambda: house.count("collection_schedule WHERE kind = 'collect'") >= len(chosen(None)))
    house.database.ask("UPDATE collection_schedule SET paused = true WHERE kind <> 'collect'")
    for number, row in enumerate(
        house.database.ask("SELECT id FROM collection_schedule WHERE kind = 'collect'")
    ):
        house.database.ask(
            "UPDATE collection_schedule SET cadence_minutes = %s, offset_minutes = %s, next_at = %s, set_by = 'chaos' "
            "WHERE id = %s",
            cadence / 60, number / 60, datetime.now(UTC), row["id"],
        )  # fmt: skip


def _strike_until_done(stage: Stage, agencies: Server, act: Act) -> Counter[str]:
    chance, struck = random.Random(act.seed), Counter[str]()
    began, shown, number = time.time(), 0, 1
    while not _is_done(stage, number, shown, act):
        assert time.time() - began < act.seconds, f"not through after {act.seconds:.0f} s: {_progress(stage)}"
        if number < act.editions and _all_met_since(stage, shown):
            number = number + 1
            for key in agencies.stage.keys:
                agencies.show(key, number)
            shown = _newest_run(stage)
        blows = [blow for blow in sorted(stage.strokes.items()) if blow[0] not in act.spared]
        name, stroke = chance.choice(blows)
        stroke()
        struck[name] += 1
        time.sleep(chance.uniform(0.5, 1.5) * act.gap)
    stage.mend()
    return struck


def _is_done(stage: Stage, number: int, shown: int, act: Act) -> bool:
    slots = stage.house.database.ask(
        "SELECT source_id, count(DISTINCT request) AS n FROM collection_run WHERE request LIKE %s GROUP BY source_id",
        "slot %",
    )
    enough = len(slots) == len(chosen(None)) and min(row["n"] for row in slots) >= act.slots
    return enough and number == act.editions and _all_met_since(stage, shown)


def _newest_run(stage: Stage) -> int:
    """By its number: clocks that jump tell nothing of what came after what."""
    return int(
        stage.house.database.ask("SELECT coalesce(max(id), 0) AS newest FROM collection_run")[0]["newest"]
    )


def _all_met_since(stage: Stage, shown: int) -> bool:
    """Every source has a good run that was asked for after the newest edition was shown."""
    met = stage.house.database.ask(
        "SELECT count(DISTINCT source_id) AS n FROM collection_run WHERE status IN ('succeeded', 'unchanged') "
        "AND id > %s AND finished_at IS NOT NULL",
        shown,
    )
    return bool(met[0]["n"] == len(chosen(None)))


def _progress(stage: Stage) -> str:
    rows = stage.house.database.ask("SELECT status, count(*) AS n FROM collection_run GROUP BY status")
    return ", ".join(f"{row['n']} {row['status']}" for row in rows)


def _settle(stage: Stage) -> None:
    """No new slots; what was begun or queued comes to its end."""
    stage.house.database.ask("UPDATE collection_schedule SET paused = true")
    stage.house.database.ask("UPDATE collection_run SET not_before = NULL WHERE status = 'queued'")
    open_runs = "collection_run WHERE status IN ('queued', 'started')"
    wait_until(lambda: not stage.house.count(open_runs), SETTLED_WITHIN)
    for process in [*stage.workers, *stage.beats, stage.web]:
        if process:
            kill(process)
