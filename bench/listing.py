"""The list of prospects as a page, beside a plain page of Django's and Datasette's: `python -m bench.listing`."""

import http.client
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.beside import Beside, interleaved, show
from bench.loads import PEERS, Settings, on_sqlite, run, steps_of
from bench.serving import SECRET, free_port, listens, served
from bench.stand import ROOT

ASKED = 30  # times that a page is asked for in a round, one after the other
NEW = 8  # other pages in a round, each once
SIGN_IN = """
import prospect_aggregate.celery_app
from django.test import Client
from prospect_aggregate.collection import homes
from prospect_aggregate.web.first_start import ensure_administrator
from prospect_aggregate.web.models import Person
homes.claim(homes.Kind.REAL)
ensure_administrator()
client = Client()
client.force_login(Person.objects.get())
print("; ".join(f"{name}={each.value}" for name, each in client.cookies.items()))
"""
OURS, PLAIN, DATASETTE = (
    "/prospects/",
    "/plain/",
    "/prospects/prospects_prospect?_size=50&_sort=solicitation_to",
)


def main() -> None:
    with filled() as settings, pages(settings) as found:
        show("A page of 50 of 14,000 prospects, signed in", rows(interleaved(found)))


def rows(found: Mapping[str, Mapping[str, list[float]]]) -> list[Beside]:
    ours, plain, datasette = (found[name] for name in ("ours", "plain", "datasette"))
    again, first = "list of prospects, as people see it", "another page of it each time"
    django, other = "Django, instances + template", "Datasette, the same table"
    return [
        Beside(stage=again, ours=ours["page"], unit="ms", peer=django, theirs=plain["page"], at_least=2),
        Beside(stage=again, ours=ours["page"], unit="ms", peer=other, theirs=datasette["page"]),
        Beside(stage=first, ours=ours["first"], unit="ms", peer=django, theirs=plain["first"]),
    ]


@contextmanager
def filled() -> Iterator[Settings]:
    """A home with thirteen lists in it."""
    import json

    with on_sqlite() as fresh, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = {**fresh(Path(folder)), "PROSPECTS_SECRET_KEY": SECRET, "PROSPECTS_SERVES_PAGES": "1"}
        run([sys.executable, "-m", "bench.ours", json.dumps(steps_of(("first",)))], **settings)
        run([sys.executable, "-c", "from prospect_aggregate.web.serve import gather; gather()"], **settings)
        yield settings


@contextmanager
def pages(settings: Settings) -> Iterator[dict[str, Callable[[], dict[str, float]]]]:
    """One server for ours and the plain page, one of Datasette's, and how to ask each."""
    cookies = run([sys.executable, "-c", SIGN_IN], **settings).strip()
    database = Path(settings["PROSPECTS_HOME"]) / "prospects.sqlite3"
    django, datasette = free_port(), free_port()
    with ExitStack() as stack:
        stack.enter_context(served(_granian(django), listens(django), **settings))
        stack.enter_context(served(_datasette(datasette, database), listens(datasette)))
        yield {
            "ours": _asking(django, OURS, cookies, itertools.count(2)),
            "plain": _asking(django, PLAIN, cookies, itertools.count(2)),
            "datasette": _asking(datasette, DATASETTE, cookies, iter(())),  # which counts no pages
        }


def _granian(port: int) -> list[str]:
    """As the product starts it, with the plain page beside its own."""
    from prospect_aggregate.web import serve

    *argv, _ = serve._granian(serve.HOST, str(port))
    return [*argv, f"{ROOT / 'bench' / 'plain_wsgi.py'}:application"]


def _datasette(port: int, database: Path) -> list[str]:
    """Without the facets that it would suggest for each column, which take it seconds."""
    quick = ("--setting", "suggest_facets", "off")
    return [str(PEERS), "-m", "datasette", "serve", "--immutable", str(database), "--port", str(port), *quick]


def _asking(port: int, path: str, cookies: str, pages: Iterator[int]) -> Callable[[], dict[str, float]]:
    """One page again and again, and others that nobody has asked for."""

    def ask() -> dict[str, float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        again = [_timed(connection, path, cookies) for _ in range(ASKED)]
        first = [_timed(connection, f"{path}?page={page}", cookies) for page in itertools.islice(pages, NEW)]
        connection.close()
        return {"page": statistics.median(again)} | ({"first": statistics.median(first)} if first else {})

    return ask


def _timed(connection: http.client.HTTPConnection, path: str, cookies: str) -> float:
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookies})
    answer = connection.getresponse()
    body = answer.read()
    took = (time.perf_counter() - began) * 1000
    if answer.status != 200 or body.count(b"<tr") <= 50:
        raise RuntimeError(f"{path}: {answer.status}, {body[:200]!r}")
    return took


if __name__ == "__main__":
    main()
