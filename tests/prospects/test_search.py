"""Searching and counting, held against a plain Python filter over the same prospects."""

import random
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from prospect_aggregate.prospects.entries import END, FACETS, Entry
from prospect_aggregate.prospects.facets import LADDER, facets
from prospect_aggregate.prospects.filters import BANDS, OUTLOOKS, UNKNOWABLE, Filters
from prospect_aggregate.prospects.found import found
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.search import entries, search
from prospect_aggregate.prospects.words import words_in
from tests.given import kept_for_many
from tests.prospects import plainly
from tests.prospects.made import COMMON, DAY, fill

QUESTIONS = 500
TYPED = [*COMMON, "netw*", "SERV*", '"help desk"', '"cloud hosting"', "word0", "word1", "wor*", "Acme", "emile",
         "70Z0-26", "F20260000010", "bureau", "net", "OFF", "u.s.", "strasse", "İ", "nothing-like-it"]  # fmt: skip
NAMED = ["naics:5415", "psc:D3", "psc:r", "place:VA", "set:8A", "agency:made", "agency:\"Agency of Things\"",
         "component:\"Bureau One\"", "office:\"Office 1\"", "incumbent:acme", "vehicle:gsa",
         "source:made0"]  # fmt: skip
VALUES: dict[str, list[str]] = {
    "source": ["made0", "made1", "made2"], "agency": ['"Department of A"', "things", "Department"],
    "component": ['"Bureau One"', "bureau"], "office": ['"Office 1"', "office 2"], "naics": ["54", "5415", "541512"],
    "psc": ["D", "d3", "R408"], "set_aside": ["SBA", "8A", "TBD", "NONE"], "place": ["VA", "MD"], "band": [*BANDS],
    "competition": ["sole_source"], "vehicle": ["gsa", '"GSA Schedule"'], "incumbent": ["acme", "fils"],
    "requirement_type": ["new", '"Recompete"'], "phase": ["planning", "awarded"], "outlook": [*OUTLOOKS],
    "state": ["listed", "missing", "withdrawn"], "quarter": ["FY26Q3", "FY26Q4", "FY27Q1", "FY2026Q2"],
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def every(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Some hundred prospects, written once for all questions."""
    with kept_for_many(django_db_blocker):
        fill(400, words=60)
        yield list(Prospect.objects.select_related("source"))


def typed(draw: random.Random) -> str:
    parts = []
    for _ in range(draw.randint(1, 3)):
        part = draw.choice(TYPED if draw.random() < 0.75 else NAMED)
        parts.append(draw.choice(["", "", "", "-"]) + part)
        if draw.random() < 0.25:
            parts += ["OR", draw.choice(TYPED + NAMED)]
    return " ".join(parts)


def question(draw: random.Random) -> Filters:
    asked: dict[str, Any] = {"text": typed(draw)} if draw.random() < 0.7 else {}
    for name in draw.sample(sorted(VALUES), draw.choice([0, 1, 1, 2, 3])):
        asked[name] = tuple(draw.sample(VALUES[name], min(len(VALUES[name]), draw.randint(1, 2))))
    bounds = {"min_value": Decimal(1_000_000), "max_value": Decimal(5_000_000), "solicitation_from": DAY,
              "solicitation_to": DAY + timedelta(days=90), "overdue": True}  # fmt: skip
    for name in draw.sample(sorted(bounds), draw.choice([0, 0, 0, 1, 2])):
        asked[name] = bounds[name]
    asked["unknown"] = (
        tuple(draw.sample(sorted(set(asked) & set(UNKNOWABLE)), 1)) if _some(asked, draw) else ()
    )
    return Filters(**asked, include_unknown=draw.random() < 0.1)


def _some(asked: dict[str, Any], draw: random.Random) -> bool:
    return bool(set(asked) & set(UNKNOWABLE)) and draw.random() < 0.4


@pytest.mark.parametrize("seed", range(10))
def test_search_and_facets_agree_with_a_plain_filter(every: list[Prospect], seed: int) -> None:
    draw = random.Random(seed)
    some = 0
    for _ in range(QUESTIONS // 10):
        asked = question(draw)
        expected = plainly.found(every, asked, DAY)
        some += bool(expected)
        keys = {it.pk for it in expected}
        assert {it.pk for it in search(asked, day=DAY)} == keys, repr(asked)
        assert set(entries(asked, day=DAY).values_list("pk", flat=True)) == keys, repr(asked)
        lying = found(asked, day=DAY)
        assert lying.shelves == Counter(plainly.shelf(it, DAY) for it in expected), repr(asked)
        carried = lying.numbers(lying.spots)  # not where a database has counted them all
        assert sorted(carried or ()) == sorted(keys) or (carried is None and not asked.asked), repr(asked)
        for facet in facets(asked, day=DAY):
            left = (
                plainly.found(every, asked.without(facet.name), DAY) if asked.asks(facet.name) else expected
            )
            counts = plainly.counted(left, facet.name, LADDER.get(facet.name, ()))
            assert (facet.counts, facet.unknown) == counts, (asked, facet.name)
    assert some > 10  # most questions have an answer, or nothing was shown


@pytest.mark.parametrize("name", sorted(set(FACETS) & set(UNKNOWABLE)))
def test_matched_unknown_and_excluded_are_the_shelf(every: list[Prospect], name: str) -> None:
    asked = Filters(outlook="upcoming", **{name: VALUES[name][:1]})
    shelf = entries(asked.without(name), day=DAY).count()
    matched = entries(asked, day=DAY).count()
    with_unknown = entries(
        Filters(outlook="upcoming", **{name: VALUES[name][:1]}, unknown=(name,)), day=DAY
    ).count()
    facet = next(iter(facets(asked, day=DAY, names=[name])))
    chosen = [
        it for it in every if plainly.shelf(it, DAY) == "upcoming" and plainly.value_of(it, name) is not None
    ]
    excluded = sum(not plainly.fits_one(it, name, VALUES[name][0]) for it in chosen)
    assert with_unknown - matched == facet.unknown
    assert matched + facet.unknown + excluded == shelf == facet.total
    assert matched
    assert excluded


def test_a_shelf_asked_for_is_the_shelf_worked_out(every: list[Prospect]) -> None:
    for outlook in OUTLOOKS:
        asked = Prospect.objects.on_shelves(DAY).on_shelf(outlook, day=DAY)
        expected = {it.pk for it in every if plainly.shelf(it, DAY) == outlook}
        assert {it.pk for it in asked} == expected
        assert set(Entry.objects.on_shelf(outlook, day=DAY).values_list("pk", flat=True)) == expected


def test_what_is_found_lies_where_it_lies(every: list[Prospect]) -> None:
    counted = found(Filters(), day=DAY)
    assert counted.shelves == Counter(plainly.shelf(it, DAY) for it in every)
    for outlook in OUTLOOKS:
        days = Counter(plainly.last_day(it) for it in every if plainly.shelf(it, DAY) == outlook)
        assert counted.days(outlook) == days


def test_entries_follow_what_is_written(every: list[Prospect]) -> None:
    one = every[0]
    Prospect.objects.filter(pk=one.pk).update(office="Office of Zeppelins", phase="awarded")
    entry = Entry.objects.get(pk=one.pk)
    assert entry.office == "Office of Zeppelins"
    assert entry.shelving.startswith("closed ")
    assert "Office of Zeppelins" in entry.cells.split(END)
    Prospect.objects.filter(pk=one.pk).delete()
    assert not Entry.objects.filter(pk=one.pk).exists()


def test_words_follow_what_is_written(every: list[Prospect]) -> None:
    one = every[0]
    Prospect.objects.filter(pk=one.pk).update(words=words_in(["Zeppelin hangar"]))
    assert [it.pk for it in search(Filters(text='"zeppelin hangar"'), day=DAY)] == [one.pk]
    Prospect.objects.filter(pk=one.pk).update(words="")
    assert not search(Filters(text="zeppelin"), day=DAY).exists()


def test_the_last_word_may_be_begun_only(every: list[Prospect]) -> None:
    whole = search(Filters(text='"network"'), day=DAY).count()
    assert whole < search(Filters(text="networ"), day=DAY).count()
    assert not search(Filters(text='"networ"'), day=DAY).exists()
