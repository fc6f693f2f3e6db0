"""How long one question takes, a page with its exact count and all facets: `python -m bench.search [COUNT]`."""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.report import Figure, show

MOST = 5_000
BROAD = 200_000
TARGETS = {MOST: 50, BROAD: 150}  # milliseconds, of the slowest in a hundred with up to so many hits
ASKED = 200
AGAIN = 20


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("PROSPECTS_HOME", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")
        _made(count)
        _measure()


def _made(count: int) -> None:
    from prospect_aggregate.cli.home import migrate

    migrate()
    from django.db import connection, transaction
    from tests.prospects.made import fill, sources

    from prospect_aggregate.prospects.models import Prospect

    if not Prospect.objects.exists():
        started = time.perf_counter()
        with transaction.atomic():
            fill(count, of=sources(13), words=60_000)
        print(f"{count:,} prospects written in {time.perf_counter() - started:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure() -> None:
    from tests.prospects.made import DAY

    from prospect_aggregate.web.ask import ask_of
    from prospect_aggregate.web.shelf import counts_of

    def found(questions: list[dict[str, Any]], limit: int, *, on_shelf: bool) -> tuple[list[Any], list[int]]:
        asks = [ask_of(_address(given), today=DAY) for given in questions]
        counts = [(counts_of(ask), ask) for ask in asks]
        hits = [each[ask.shelf] if on_shelf else sum(each.values()) for each, ask in counts]
        some = [at for at, count in enumerate(hits) if 0 < count <= limit]
        return [asks[at] for at in some], [hits[at] for at in some]

    _spent(ask_of(_address({}), today=DAY))  # a process that has answered before
    for on_shelf, where in ((False, "on all shelves"), (True, "on the shelf shown, more on others")):
        for kind, questions in _questions().items():
            asks, hits = found(questions, MOST, on_shelf=on_shelf)
            show(_title(f"{kind}, {where}", hits), _of_many(asks))
    for kind, questions in _broad().items():
        asks, hits = found(questions, BROAD, on_shelf=True)
        show(_title(kind, hits), _of_one(asks))


def _title(kind: str, hits: list[int]) -> str:
    if len(hits) < 2:
        return (
            f"{kind.capitalize()}: {hits[0]:,} hits"
            if hits
            else f"{kind.capitalize()}: more than {BROAD:,} hits"
        )
    middle = int(statistics.median(hits))
    return f"{kind.capitalize()}: {len(hits)} questions with {min(hits):,} to {max(hits):,} hits, median {middle:,}"


def _of_many(asks: list[Any]) -> list[Figure]:
    """Each once; on PostgreSQL, what is kept of one, such as a facet without its filter, the next may use."""
    from django.core.cache import cache

    cache.clear()
    return _told("page and facets", [_spent(ask) for ask in asks], TARGETS[MOST])


def _of_one(asks: list[Any]) -> list[Figure]:
    """The first time after a run, and again; nothing where more match than the target speaks of."""
    from django.core.cache import cache

    cache.clear()
    first = [_spent(ask) for ask in asks]
    again = [_spent(ask) for ask in asks for _ in range(AGAIN)]
    target = TARGETS[BROAD]
    return [*_told("first after a run, page and facets", first, target), *_told("again", again, target)]


def _spent(ask: Any) -> tuple[float, float, float]:
    """Milliseconds of the page, of the facets, and of computing in both."""
    from prospect_aggregate.web.facet_words import groups_of
    from prospect_aggregate.web.shelf import page_of

    worked, started = time.process_time(), time.perf_counter()
    page_of(ask)
    between = time.perf_counter()
    groups_of(ask)
    ended = time.perf_counter()
    return (between - started) * 1000, (ended - between) * 1000, (time.process_time() - worked) * 1000


def _told(name: str, spent: list[tuple[float, float, float]], target: int) -> list[Figure]:
    if not spent:
        return []
    pages, facets, computing = zip(*spent, strict=True)
    together = [page + facet for page, facet in zip(pages, facets, strict=True)]
    return [
        Figure(f"{name}, p99", _p99(together), "ms", below=target),
        Figure(f"{name}, median", statistics.median(together), "ms"),
        Figure("  of it computing, p99", _p99(computing), "ms"),
        Figure("  of it computing, median", statistics.median(computing), "ms"),
        Figure("  the page alone, p99", _p99(pages), "ms"),
        Figure("  the facets alone, p99", _p99(facets), "ms"),
    ]


def _p99(spent: Iterable[float]) -> float:
    ordered = sorted(spent)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def _address(given: dict[str, Any]) -> Any:
    from django.http import QueryDict

    asked = QueryDict(mutable=True)
    for name, value in given.items():
        asked.setlist(name, value if isinstance(value, list) else [value])
    return asked


def _questions() -> dict[str, list[dict[str, Any]]]:
    """Words alone; words with filters; filters alone."""
    draw = random.Random(3)
    asked: dict[str, list[dict[str, Any]]] = {"words": [], "words and filters": [], "filters alone": []}
    for _ in range(ASKED):
        word = f"word{min(int(draw.paretovariate(0.35)) + 25, 59_999)}"
        asked["words"].append({"q": f'"{word}"'})
        asked["words and filters"].append({"q": f'"{word}"', "set_aside": ["SBA", "8A"], "place": "VA"})
        asked["filters alone"].append({"office": f'"Office {draw.randrange(3000)}"', "naics": "5415"})
    return {kind: list({repr(it): it for it in questions}.values()) for kind, questions in asked.items()}


def _broad() -> dict[str, list[dict[str, Any]]]:
    """Each by itself."""
    return {
        "everything upcoming": [{}],
        "one state": [{"place": "VA"}],
        "a common word": [{"q": '"support"'}],
        "a common word and a filter": [{"q": '"support"', "set_aside": "SBA"}],
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
