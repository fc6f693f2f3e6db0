"""`make mutations`: damaged rows and files through the readers, counted; whatever is worse than a refusal ends it."""

import argparse
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from types import FrameType

import orjson

import prospect_aggregate.celery_app  # noqa: F401  # discovers the sources
from prospect_aggregate.prospects.sift import Known, Sifted, items_of_rows, sift
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.errors import ScraperError
from tests.mutations.cells import with_damaged_rows
from tests.mutations.damage import bombs, damaged
from tests.mutations.lists import Healthy, healthy_lists

MEMORY = 300 * 2**20
"""Bytes that reading one file may take beside what the process had before."""
PATIENCE = 20
"""Seconds of work for one file; the slowest healthy one of this size takes less than one."""
NOTHING_KNOWN = Known(by_digest={}, by_number={}, state={}, filled={})


class HungError(BaseException):
    """Reading took longer than any file may; no `except` of the readers may swallow it."""


def main() -> int:
    asked = _asked()
    guarded.aloud = asked.aloud
    lists = list(healthy_lists())
    for healthy in lists:
        read(healthy, healthy.body)
    return (
        apart("rows", rows_through(lists, asked.rows, asked.seed))
        or apart("files", files_through(lists, asked.files, asked.seed))
        or apart("bombs", bombs_through(lists, asked.readers))
    )


def apart(what: str, outcomes: Iterator[str]) -> int:
    """Count them in a process of their own, whose memory is limited; its end, as shells tell it."""
    child = os.fork()
    if child == 0:
        limit_memory()
        counts = Counter(outcomes)
        named = ", ".join(f"{count:,} {name}" for name, count in counts.most_common())
        _say(f"{what}: {counts.total():,}: {named}")
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended:
        _say(f"{what}: ended by {ended}; --aloud names the last one")
    return abs(ended)


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    words.add_argument("--rows", type=int, default=100_000)
    words.add_argument("--files", type=int, default=2_000)
    words.add_argument(
        "--readers", type=int, default=100, help="so many meet the bombs, one of each kind first"
    )
    words.add_argument("--seed", type=int, default=1)
    words.add_argument(
        "--aloud", action="store_true", help="name each before it is read: for what ends the process"
    )
    return words.parse_args()


def limit_memory() -> None:
    """From here on the process may grow by MEMORY; more is refused by the system, and Python says so."""
    with open("/proc/self/statm") as statm:  # noqa: PTH123  # a file of the kernel's
        now = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))


def rows_through(lists: list[Healthy], count: int, seed: int) -> Iterator[str]:
    """What became of each row: `read` or `rejected`; of a whole list that was refused, its error."""
    done = turn = 0
    while done < count:
        healthy = lists[turn % len(lists)]
        chance = Random(f"{seed}:rows:{turn}")
        with guarded(f"rows of {healthy.name}, seed {seed}, turn {turn}"):
            outcomes = list(_rows_of(healthy, chance))
        done += len(outcomes)
        turn += 1
        yield from outcomes


def _rows_of(healthy: Healthy, chance: Random) -> Iterator[str]:
    body = with_damaged_rows(healthy, chance)
    try:
        sifted, count = read(healthy, body)
    except ScraperError as error:
        yield type(error).__name__
        return
    check(sifted, count)
    yield from ["read"] * len(sifted.fresh) + ["rejected"] * len(sifted.rejected)


def read(healthy: Healthy, body: bytes) -> tuple[Sifted, int]:
    """A list as the pipeline reads it, to where it would be judged; and how many rows came."""
    scraper = healthy.scraper
    table, layout = scraper.read(body)
    if not table.headings:
        return Sifted(), 0
    plan = layout.plan(table, source=scraper.name)
    rows = [Row(number, cells) for number, cells in table.rows]
    orjson.dumps(
        [table.notes, table.partial, plan.notes, scraper.edition_date(table), [*plan.origins.items()]],
        default=str,
    )
    return sift(items_of_rows(rows, plan, scraper.draft), NOTHING_KNOWN, repeats=scraper.repeats), len(rows)


def check(sifted: Sifted, count: int) -> None:
    """Each row is a draft that can be stored, or is kept whole with a reason."""
    assert sifted.rows == count == len(sifted.fresh) + len(sifted.rejected)
    for number, drafted in sifted.fresh.items():
        stored = orjson.dumps(drafted.record, default=str)
        assert 0 < len(number) <= 200, number[:300]
        assert b"\\u0000" not in stored.replace(b"\\\\", b""), drafted
    for rejected in sifted.rejected:
        assert rejected.reason
        assert b"\\u0000" not in orjson.dumps(dict(rejected.raw), default=str).replace(b"\\\\", b"")


def files_through(lists: list[Healthy], count: int, seed: int) -> Iterator[str]:
    for turn in range(count):
        healthy = lists[turn % len(lists)]
        with guarded(f"a file of {healthy.name}, seed {seed}, turn {turn}"):
            outcome = _outcome(healthy, damaged(healthy, Random(f"{seed}:files:{turn}")))
        yield outcome


def bombs_through(lists: list[Healthy], readers: int) -> Iterator[str]:
    """Every bomb of a kind through each reader of that kind; sources without one of their own read alike."""
    ways = {(each.kind, each.scraper.read(each.body)[1].reader): each for each in reversed(lists)}
    kinds = {healthy.kind: healthy for healthy in ways.values()}
    others = [healthy for healthy in ways.values() if healthy not in kinds.values()]
    for healthy in [*kinds.values(), *others][:readers]:
        for name, body in bombs(healthy):
            with guarded(f"{name}, for {healthy.name}"):
                outcome = _outcome(healthy, body)
            yield outcome


def _outcome(healthy: Healthy, body: bytes) -> str:
    refused = None
    try:
        sifted, count = read(healthy, body)
    except ScraperError as error:
        refused = error
    if refused is None:
        check(sifted, count)
        return "read"
    assert str(refused)
    assert "\n" not in str(refused), str(refused)
    return type(refused).__name__


class guarded:  # noqa: N801  # reads as a verb where it is used
    """Ends what hangs, and names what fails, so that it can be made again."""

    aloud = False

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = 0.0

    def __enter__(self) -> None:
        if self.aloud:
            _say(self._name)
        signal.signal(signal.SIGPROF, _hung)
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        self._began = time.process_time()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        if error is not None:
            _say(
                f"FAILED: {self._name}: {kind.__name__ if kind else ''} after {time.process_time() - self._began:.1f} s"
            )


def _hung(number: int, frame: FrameType | None) -> None:
    raise HungError


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
