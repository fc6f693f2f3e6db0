"""What must hold when the dust has settled, and the figures to print."""

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.engine.house import House, _moment
from tests.engine.services import Database

GOOD = ("succeeded", "unchanged")
FOUND_WITHIN, AGAIN_WITHIN = 75.0, 90.0  # seconds after the last sign of life
SHOWN = ("state", "title", "value_text", "set_aside", "solicitation_from", "solicitation_to", "award_to",
         "solicitation_moves", "solicitation_slip_days")  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`wrong` names what does not hold; empty when all of it does."""

    struck: Counter[str]
    statuses: Counter[str]
    slots: int
    parked: int
    found: list[float]
    """Seconds from a run's last sign of life until it was found lost."""
    again: list[float]
    """Seconds until its next attempt started."""
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(
            [
                f"blows: {_counted(self.struck)}",
                f"runs: {_counted(self.statuses)}; {self.slots} slots on record, {self.parked} parked",
                f"lost found after {_spread(self.found)}, running again after {_spread(self.again)}",
                *(f"WRONG: {each}" for each in self.wrong),
            ]
        )


def verdict_of(house: House, struck: Counter[str], calm: Database) -> Verdict:
    runs = [_timed(row) for row in house.database.ask("SELECT * FROM collection_run ORDER BY id")]
    chains = _chains(runs)
    found, again = _recoveries(chains)
    slots = {key: chain for key, chain in chains.items() if key[1].startswith("slot ")}
    parked = [key for key, chain in slots.items() if not _met(chain, runs)]
    return Verdict(
        struck=struck,
        statuses=Counter(run["status"] for run in runs),
        slots=len(slots),
        parked=len(parked),
        found=found,
        again=again,
        wrong=[
            *_unended(runs),
            *_met_twice(slots),
            *_parked_without_reason(slots, parked),
            *_overlaps(runs),
            *_differences(house.database, calm),
        ],
    )


def _timed(row: Row) -> Row:
    return {name: _moment(value) if name.endswith("_at") else value for name, value in row.items()}


def _chains(runs: list[Row]) -> dict[tuple[int, str], list[Row]]:
    """The attempts at each request."""
    chains: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for run in runs:
        chains[run["source_id"], run["request"]].append(run)
    return chains


def _met(chain: list[Row], runs: list[Row]) -> bool:
    """By a good run of its own, or covered by one that did the same."""
    last = chain[-1]
    if last["status"] == "cancelled" and last["error"].startswith("covered by run "):
        other = next(run for run in runs if run["id"] == int(last["error"].rsplit(" ", 1)[1]))
        same = [
            run
            for run in runs
            if (run["source_id"], run["request"]) == (other["source_id"], other["request"])
        ]
        return other is last or _met(same, runs)
    return last["status"] in GOOD


def _unended(runs: list[Row]) -> list[str]:
    bad = [run for run in runs if run["finished_at"] is None or run["status"] in ("queued", "started")]
    silent = [run for run in runs if run["status"] not in GOOD and not run["error"]]
    return [f"run {run['id']} is {run['status']} without an end" for run in bad] + [
        f"run {run['id']} is {run['status']} without a reason" for run in silent
    ]


def _met_twice(slots: dict[tuple[int, str], list[Row]]) -> list[str]:
    twice = [key for key, chain in slots.items() if sum(run["status"] in GOOD for run in chain) > 1]
    return [f"{request} of source {source} was met twice" for source, request in twice]


def _parked_without_reason(
    slots: dict[tuple[int, str], list[Row]], parked: list[tuple[int, str]]
) -> list[str]:
    return [f"{key[1]} of source {key[0]} ended {slots[key][-1]['status']} without a reason"
            for key in parked if not slots[key][-1]["error"]]  # fmt: skip


def _overlaps(runs: list[Row]) -> list[str]:
    """In the order in which the database gave them out; clocks that jumped tell nothing of order."""
    wrong = []
    by_source: dict[int, list[Row]] = defaultdict(list)
    for run in runs:
        if run["started_at"]:
            by_source[run["source_id"]].append(run)
    for ran in by_source.values():
        ran.sort(key=lambda run: run["started_at"])
        wrong += [
            f"runs {one['id']} and {two['id']} overlapped"
            for one, two in itertools.pairwise(ran)
            if one["finished_at"] > two["started_at"] and one["finished_at"] <= two["finished_at"]
        ]
    return wrong


def _recoveries(chains: dict[tuple[int, str], list[Row]]) -> tuple[list[float], list[float]]:
    found, again = [], []
    for chain in chains.values():
        for run, following in zip(chain, [*chain[1:], None], strict=True):
            if run["status"] != "lost" or run["heartbeat_at"] is None:
                continue
            found.append(_seconds(run["heartbeat_at"], run["finished_at"]))
            if following and following["started_at"]:
                again.append(_seconds(run["heartbeat_at"], following["started_at"]))
    return found, again


def _seconds(first: datetime, last: datetime) -> float:
    """Jumps of an hour taken out."""
    return (last - first).total_seconds() % 3600


def _differences(stormy: Database, calm: Database) -> list[str]:
    return [*_compare("prospect", stormy, calm, PROSPECTS), *_compare("change", stormy, calm, CHANGES)]


PROSPECTS = f"""SELECT s.key, p.native_id, p.digest, {", ".join(f"p.{name}" for name in SHOWN)}
    FROM prospects_prospect p JOIN collection_source s ON s.id = p.source_id"""
CHANGES = """SELECT s.key, p.native_id, c.kind, c.field, c.old, c.new, c.shift_days FROM prospects_change c
    JOIN prospects_prospect p ON p.id = c.prospect_id JOIN collection_source s ON s.id = p.source_id"""


def _compare(noun: str, stormy: Database, calm: Database, sql: str) -> list[str]:
    had, wanted = (Counter(tuple(map(_plain, row.values())) for row in of.ask(sql)) for of in (stormy, calm))
    missing, strange = wanted - had, had - wanted
    if not missing and not strange:
        return []
    example = next(iter((missing or strange).elements()))
    return [f"{missing.total()} {noun}s missing, {strange.total()} too many, such as {example}"]


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "– (none)"
    ordered = sorted(seconds)
    return f"{ordered[len(ordered) // 2]:.0f} s in the middle, {ordered[-1]:.0f} s at most ({len(ordered)})"
