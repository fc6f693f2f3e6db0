"""Every table that a source is known in, against editions whose headings are not the known ones."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.sheets import SHEET
from tests.mutations.lists import Grid, Healthy, samples
from tests.sources.copies import drafts_of

TABLES = [each for each in samples() if each.kind is not Kind.JSON]
ALL = pytest.mark.parametrize("healthy", TABLES, ids=lambda healthy: healthy.name)
Headed = Callable[[Grid, int], Grid]
"""Takes a grid and where in it the headings stand, counted from 0."""


def edited(healthy: Healthy, edit: Headed) -> bytes:
    """A copy with every grid edited that has headings."""
    table, _ = healthy.scraper.read(healthy.body)
    at = (table.heading_row or 1) - 1
    known = set(map(fold, table.headings))

    def where_headed(grid: Grid) -> Grid:
        is_list = len(grid) > at and len(known & {fold(str(cell)) for cell in grid[at]}) > 1
        return edit(grid, at) if is_list else grid

    return healthy.rewritten(where_headed)


def required_of(healthy: Healthy) -> list[str]:
    """Headings that must be there, as the sample spells them."""
    table, layout = healthy.scraper.read(healthy.body)
    present = {fold(heading): heading for heading in table.headings if heading != SHEET}
    wanted = layout.headings().wanted
    known = [name for heading in sorted(layout.headings().required) for name in wanted[heading]]
    return [present[fold(name)] for name in known if fold(name) in present]


def optional_of(healthy: Healthy) -> set[str]:
    """Headings that an edition may do without, and those that nobody asks for."""
    table, _ = healthy.scraper.read(healthy.body)
    return set(table.headings) - set(required_of(healthy)) - {SHEET}


def bands(headings: list[Any]) -> int:
    """Columns before the headings stand again: SSA prints them over empty bands."""
    again = (at for at, cell in enumerate(headings) if cell not in ("", None) and cell in headings[:at])
    return next(again, len(headings))


def renamed(old: str, new: str) -> Headed:
    def edit(grid: Grid, at: int) -> Grid:
        return [*grid[:at], [new if cell == old else cell for cell in grid[at]], *grid[at + 1 :]]

    return edit


def without(*headings: str) -> Headed:
    """The columns cut out, cells and all."""

    def edit(grid: Grid, at: int) -> Grid:
        gone = {place for place, cell in enumerate(grid[at]) if cell in headings}
        return [[cell for place, cell in enumerate(row) if place not in gone] for row in grid]

    return edit


def with_one_more(heading: str) -> Headed:
    """A last column of this heading, which says something in every row that is no footer."""

    def edit(grid: Grid, at: int) -> Grid:
        filled = [sum(cell not in ("", None) for cell in row) for row in grid]
        below = ["something else" if count > 1 else "" for count in filled[at + 1 :]]
        last = [""] * at + [heading] + below
        return [[*row, cell] for row, cell in zip(grid, last, strict=True)]

    return edit


def in_order(order: Callable[[list[int]], list[int]]) -> Headed:
    def edit(grid: Grid, at: int) -> Grid:
        end = bands(grid[at])
        places = order(list(range(end)))
        return [[row[place] for place in places if place < len(row)] + row[end:] for row in grid]

    return edit


def backwards(places: list[int]) -> list[int]:
    return places[::-1]


def shuffled(places: list[int]) -> list[int]:
    return Random("columns").sample(places, len(places))


def refusal(healthy: Healthy, body: bytes) -> str:
    with pytest.raises(LayoutChangedError) as refused:
        drafts_of(healthy.scraper, body)
    return str(refused.value)


def test_every_source_with_a_table_is_among_them() -> None:
    kinds = {(layout.kind, each.scraper.key) for each in samples() for layout in each.scraper.layouts()}
    assert {(each.kind, each.scraper.key) for each in TABLES} == {
        (kind, key) for kind, key in kinds if kind is not Kind.JSON
    }
    assert len(TABLES) >= 15
    assert all(len(required_of(healthy)) > 4 for healthy in TABLES)


@ALL
def test_a_renamed_heading_is_refused_naming_it_and_what_looks_like_it(healthy: Healthy) -> None:
    for heading in required_of(healthy):
        new = f"{heading.strip()}s"
        said = refusal(healthy, edited(healthy, renamed(heading, new)))
        assert fold(heading) in fold(said)
        assert f"nearest present: {new!r}" in said
        assert said.startswith(healthy.scraper.name) or "no row of headings" in said


@ALL
def test_a_missing_heading_is_refused_by_name(healthy: Healthy) -> None:
    for heading in required_of(healthy):
        said = refusal(healthy, edited(healthy, without(heading)))
        assert fold(heading) in fold(said)
        assert "is missing" in said


@ALL
def test_a_heading_left_blank_over_its_cells_is_refused_by_name(healthy: Healthy) -> None:
    for heading in required_of(healthy):
        said = refusal(healthy, edited(healthy, renamed(heading, "")))
        assert fold(heading) in fold(said)


@ALL
def test_a_heading_over_two_columns_that_differ_is_refused_by_name(healthy: Healthy) -> None:
    for heading in required_of(healthy):
        said = refusal(healthy, edited(healthy, with_one_more(heading)))
        assert fold(f"heading {heading}") in fold(said)
        assert "stands over" in said


@ALL
@pytest.mark.parametrize("order", [backwards, shuffled])
def test_the_order_of_columns_does_not_matter(
    healthy: Healthy, order: Callable[[list[int]], list[int]]
) -> None:
    moved = edited(healthy, in_order(order))
    assert drafts_of(healthy.scraper, moved) == drafts_of(healthy.scraper, healthy.body)


@ALL
def test_optional_columns_may_be_absent_one_by_one_and_all_together(healthy: Healthy) -> None:
    whole = drafts_of(healthy.scraper, healthy.body)
    optional = optional_of(healthy)
    for gone in [*([each] for each in sorted(optional)), sorted(optional)]:
        left = drafts_of(healthy.scraper, edited(healthy, without(*gone)))
        assert [draft.native_id for draft in left] == [draft.native_id for draft in whole]
        kept = [field for field, headings in whole[0].origins.items() if set(headings).isdisjoint(gone)]
        for field in set(kept) - {"native_id", "title"}:
            assert [getattr(draft, field) for draft in left] == [getattr(draft, field) for draft in whole]


@ALL
def test_a_heading_never_seen_is_noted_and_changes_nothing(healthy: Healthy) -> None:
    body = edited(healthy, with_one_more("Never Seen Before"))
    table, layout = healthy.scraper.read(body)
    plan = layout.plan(table, source=healthy.scraper.name)
    assert any("'Never Seen Before'" in note for note in plan.notes)
    read, whole = drafts_of(healthy.scraper, body), drafts_of(healthy.scraper, healthy.body)
    assert [replace(draft, raw={}) for draft in read] == [replace(draft, raw={}) for draft in whole]


@ALL
def test_the_headings_may_stand_a_row_lower(healthy: Healthy) -> None:
    lower = healthy.rewritten(lambda grid: [["A line more than last week"], *grid])
    assert drafts_of(healthy.scraper, lower) == drafts_of(healthy.scraper, healthy.body)
