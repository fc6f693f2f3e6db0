"""How long a page of the list and its facets take on a list of many: `python -m bench.search [COUNT]`."""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

TARGET = 50  # milliseconds, of the slowest in a hundred with up to MOST hits
MOST = 5_000
ASKED = 200


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

    from prospect_aggregate.prospects.facets import facets
    from prospect_aggregate.web.ask import ask_of
    from prospect_aggregate.web.shelf import page_of

    asks = [(ask_of(given, today=DAY), name) for name, given in _questions()]
    for kind in sorted({name for _, name in asks}):
        found = [(ask, page_of(ask).total) for ask, name in asks if name == kind]
        small = [ask for ask, total in found if 0 < total <= MOST]
        hits = sorted(total for _, total in found if 0 < total <= MOST)
        if small:
            print(
                f"{kind}: {len(small)} questions, {hits[0]:,} to {hits[-1]:,} hits, median {hits[len(hits) // 2]:,}"
            )
            _told("  page", small, page_of)
            _told("  facets", small, lambda ask: facets(ask.filters, day=DAY))
    whole = ask_of(_address({}), today=DAY)
    print(f"everything that is upcoming: {page_of(whole).total:,}")
    _told("  page", [whole] * 5, page_of)
    _told("  facets", [whole] * 5, lambda ask: facets(ask.filters, day=DAY))


def _told(name: str, asks: list[Any], answer: Callable[[Any], object]) -> None:
    spent, computed = [], []
    for ask in asks:
        started, worked = time.perf_counter(), time.process_time()
        answer(ask)
        spent.append((time.perf_counter() - started) * 1000)
        computed.append((time.process_time() - worked) * 1000)
    spent.sort()
    worst = spent[min(len(spent) - 1, int(len(spent) * 0.99))]
    print(
        f"{name}: median {statistics.median(spent):.1f} ms, p99 {worst:.1f} ms (meant: {TARGET} ms); "
        f"of it computing {statistics.median(computed):.1f} ms"
    )


def _address(given: dict[str, Any]) -> Any:
    from django.http import QueryDict

    asked = QueryDict(mutable=True)
    for name, value in given.items():
        asked.setlist(name, value if isinstance(value, list) else [value])
    return asked


def _questions() -> Iterator[tuple[str, Any]]:
    """Words alone; words with filters; filters alone."""
    draw = random.Random(3)
    for _ in range(ASKED):
        word = f"word{min(int(draw.paretovariate(0.35)) + 25, 59_999)}"
        yield "words", _address({"q": f'"{word}"'})
        yield "words and filters", _address({"q": f'"{word}"', "set_aside": ["SBA", "8A"], "place": "VA"})
        office = f"Office {draw.randrange(3000)}"
        yield "filters alone", _address({"office": f'"{office}"', "naics": "5415"})


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
