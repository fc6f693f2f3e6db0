"""A made list of any size whose columns are filled as real ones are: skewed, half unknown, with odd letters."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.normalize.dates import quarter_of, quarter_window, year_window
from prospect_aggregate.prospects import store
from prospect_aggregate.prospects.record import COLUMNS
from prospect_aggregate.prospects.words import words_of

DAY = date(2026, 6, 1)
COMMON = ["support", "services", "network", "Café", "help", "desk", "data", "cloud", "hosting", "O'Brien", "70Z0-26",
          "maintenance", "U.S.", "networks", "IT", "training", "base", "Ångström", "Straße", "office"]  # fmt: skip
SET_ASIDES = ["SBA", "SBA", "8A", "SDVOSBC", "WOSB", "HZC", "NONE", "TBD", None, None]
PLACES = ["VA", "VA", "MD", "DC", "CA", "TX", None, None]
NAICS = ["541512", "541519", "541511", "541330", "561210", "236220", "5415", "336611", None]
PSC = ["D302", "D307", "R408", "Y1AA", "7030", None, None]
PHASES = [None, None, None, "planning", "market_research", "solicitation", "awarded", "cancelled"]
AMOUNTS = [0, 100_000, 250_000, 999_999, 1_000_000, 5_000_000, 10_000_000, 50_000_000, 200_000_000]
STATES = ["listed"] * 8 + ["missing", "expired", "withdrawn"]
LISTED = ("source_id", "state", "first_run_id", "last_run_id", "first_seen_at", "digest", "filled", "words",
          "solicitation_moves", "solicitation_slip_days")  # fmt: skip


def sources(count: int = 3) -> list[Run]:
    """Sources of a made list, each with a run that is said to have listed its prospects."""
    return [_run_of(number) for number in range(count)]


def _run_of(number: int) -> Run:
    source = Source.objects.create(
        key=f"made{number}",
        name=f"Made {number}",
        agency=f"Department of {'ABC'[number % 3]}",
        url="https://x.gov/",
    )
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    return Run.objects.create(
        source=source, request="made", trigger=Run.Trigger.PERSON, status=Run.Status.SUCCEEDED,
        queued_at=moment, finished_at=moment,
    )  # fmt: skip


def fill(
    count: int, *, seed: int = 1, of: Sequence[Run] | None = None, words: int = 4_000, first: int = 0
) -> None:
    """So many prospects, written as an ingest writes them."""
    draw = random.Random(seed)
    rare = [f"word{number}" for number in range(words)]
    runs = of or sources()
    offices = [f"Office {number}" for number in range(max(3, count // 100))]
    rows = (_row(draw, number, runs, rare, offices) for number in range(first, first + count))
    store.insert("prospects_prospect", [*COLUMNS, *LISTED], rows)


def _row(
    draw: random.Random, number: int, runs: Sequence[Run], rare: list[str], offices: list[str]
) -> list[Any]:
    values = dict.fromkeys(COLUMNS) | _facts(draw, number, rare, offices) | _dates(draw) | _value(draw)
    record = tuple(values[column] for column in COLUMNS)
    run = runs[min(int(draw.expovariate(0.8)), len(runs) - 1)]
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    slip = draw.choice([None, None, 30, 63])
    listed = (run.source_id, draw.choice(STATES), run.pk, run.pk, moment, b"0" * 16, 0, words_of(record),
              1 if slip else 0, slip)  # fmt: skip
    return [*record, *listed]


def _facts(draw: random.Random, number: int, rare: list[str], offices: list[str]) -> dict[str, Any]:
    # the rank of a word decides how often it stands, as in any language
    tail = [rare[min(int(draw.paretovariate(0.7)) - 1, len(rare) - 1)] for _ in range(draw.randint(0, 40))]
    naics, psc = draw.choice(NAICS), draw.choice(PSC)
    return {
        "native_id": f"F2026{number:07}", "title": " ".join(draw.choices(COMMON, k=draw.randint(1, 5))),
        "title_derived": False, "description": " ".join(tail) or None,
        "agency": draw.choice([None, "Department of Made", "Agency of Things"]),
        "component": draw.choice([None, "Bureau One", "Bureau Two"]), "office": draw.choice([None, *offices]),
        "naics_code": naics, "naics_codes": [naics] if naics else [], "psc_code": psc, "psc_codes": [],
        "set_aside": draw.choice(SET_ASIDES), "competition": draw.choice([None, "sole_source", "full_and_open"]),
        "contract_vehicle": draw.choice([None, None, "GSA Schedule"]),
        "requirement_type": draw.choice([None, "New", "Recompete"]), "phase": draw.choice(PHASES),
        "basis": "forecast", "place_state": draw.choice(PLACES), "contacts": [],
        "incumbent_name": draw.choice([None, None, "Acme Corp", "Émile & Fils"]),
        "raw": {f"Heading {at}": f"cell {at} of {number}" for at in range(12)},
    }  # fmt: skip


def _dates(draw: random.Random) -> dict[str, Any]:
    return {
        **_window(draw, "solicitation", 0.3),
        **_window(draw, "award", 0.4),
        "incumbent_ends_to": DAY + timedelta(days=draw.randint(-300, 600)) if draw.random() < 0.2 else None,
    }


def _window(draw: random.Random, name: str, unknown: float) -> dict[str, Any]:
    if draw.random() < unknown:
        return {}
    day = DAY + timedelta(days=draw.randint(-300, 600))
    precision = draw.choice(["day", "quarter", "quarter", "year"])
    year, quarter = quarter_of(day)
    first = last = day
    if precision != "day":
        window = quarter_window(year, quarter) if precision == "quarter" else year_window(year)
        first, last = window.first, window.last  # type: ignore[assignment]
    return {f"{name}_from": first, f"{name}_to": last, f"{name}_precision": precision}


def _value(draw: random.Random) -> dict[str, Any]:
    if draw.random() < 0.2:
        return {}
    low, high = sorted(draw.sample(AMOUNTS, 2))
    least, most = draw.choice([(low, high), (low, low), (low, None), (None, high)])
    amounts = {"value_min": least, "value_max": most}
    known = {name: None if it is None else Decimal(it) for name, it in amounts.items()}
    return known | {"value_basis": draw.choice(["total", "total", "total", "year"])}


def chosen(draw: random.Random, values: Iterable[Any]) -> Iterator[Any]:
    yield from draw.sample([each for each in dict.fromkeys(values) if each is not None], draw.randint(1, 2))
