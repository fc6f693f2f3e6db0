"""In which group a change stands, and what is one line: by examples, and for any changes at all."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize.dates import Window, month, quarter_window
from prospect_aggregate.prospects.consequence import Concern, Group, Told, group_of
from prospect_aggregate.prospects.folding import Fold, Sizes, lines_of, median_move, sections_of
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.prospects.slips import is_material

AT = datetime(2026, 5, 18, tzinfo=UTC)
NEEDS, SMALL = Group.NEEDS_A_LOOK, Group.SMALL_EDITS
NOBODY_ELSE = Sizes(dated=lambda it: 10, listed=lambda run: 30)
MANY_OTHERS = Sizes(dated=lambda it: 10_000, listed=lambda run: 30_000)


def told(
    kind: str = "changed", field: str = "", old: str | None = None, new: str | None = None, **facts
) -> Told:
    usual = {
        "pk": 1,
        "prospect": 1,
        "run": 2,
        "at": AT,
        "source": "dhs",
        "office": "USCG",
        "significance": "high",
    }
    return Told(kind=kind, field=field, old=old, new=new, **{**usual, **facts})  # type: ignore[arg-type]


def moved(days: int, pk: int = 1, **facts) -> Told:
    return told(field="award", shift_days=days, pk=pk, prospect=pk, **facts)


@pytest.mark.parametrize(
    ("change", "group"),
    [
        (told(field="set_aside", old="SBA", new="8A"), NEEDS),
        (told(field="contract_vehicle"), NEEDS),
        (told(field="competition"), NEEDS),
        (told(field="incumbent_name"), NEEDS),
        (told(field="solicitation_number"), NEEDS),
        (told(field="value", old="1.00/2.00", new="5.00/.."), NEEDS),
        (told(field="value", old="TBD", new="5.00/.."), Group.VALUE),
        (told(field="value", old="1.00/2.00"), Group.VALUE),
        (told(field="value", old="1.00", new="1.00"), Group.VALUE),
        (told(field="phase", old="market_research", new="cancelled"), NEEDS),
        (told(field="phase", old="drafting", new="solicitation"), NEEDS),
        (told(field="phase", old="planning", new="market_research"), SMALL),
        (told(field="solicitation", old="2026-06-01", new="2026-08-03", shift_days=63), Group.MOVED_LATER),
        (told(field="award", old="2026-06-01", new="2026-05-17", shift_days=-15), NEEDS),
        (told(field="award", old="2026-06-01", new="2026-05-18", shift_days=-14), Group.MOVED_EARLIER),
        (told(field="solicitation", old="2026-04-01/2026-06-30", new="2026-05-15", shift_days=0), SMALL),
        (told(field="solicitation", old="2026-06-01", new="TBD"), NEEDS),
        (told(field="solicitation", old=None, new="2026-06-01"), NEEDS),
        (told(field="solicitation", old="TBD", new="to be determined"), SMALL),
        (told(field="award", old="2026-06-01", new=None), SMALL),
        (told(field="contacts", significance="low"), SMALL),
        (told(field="title", significance="normal"), SMALL),
        (told("listed", significance="normal"), Group.NEW),
        (told("listed", significance="low"), SMALL),
        (told("expired"), Group.LEFT),
        (told("expired", field="native_id"), SMALL),
        (told("withdrawn", solicitation_to=date(2026, 5, 18)), NEEDS),
        (told("withdrawn", solicitation_to=date(2026, 5, 17)), Group.LEFT),
        (told("withdrawn", solicitation_to=date(2026, 5, 17), left_at=AT.replace(day=11)), NEEDS),
        (told("withdrawn"), Group.LEFT),
        (told("reappeared", anchor=date(2026, 6, 1)), NEEDS),
        (told("reappeared", anchor=date(2026, 6, 1), closed=True), Group.BACK_AGAIN),
        (told("reappeared", anchor=date(2026, 5, 1)), Group.BACK_AGAIN),
        (told("reappeared"), Group.BACK_AGAIN),
    ],
)  # fmt: skip
def test_a_change_stands_where_its_consequence_puts_it(change: Told, group: Group) -> None:
    assert group_of(change) == group


def test_whatever_befalls_a_watched_prospect_needs_a_look() -> None:
    contacts = told(field="contacts", significance="low")
    assert group_of(contacts, Concern(watched={1})) == NEEDS
    assert group_of(contacts, Concern(watched={2})) == SMALL


@pytest.mark.parametrize("significance", ["normal", "low"])
def test_that_a_watched_prospect_was_first_seen_is_no_change_of_it(significance: str) -> None:
    first = told("listed", significance=significance)
    assert group_of(first, Concern(watched={1}, decided={1})) == group_of(first)


def test_what_a_decision_hangs_on_needs_a_look_and_the_rest_of_its_prospect_does_not() -> None:
    clearance, title = told(field="clearance", pk=7), told(field="title", pk=8)
    assert [group_of(it, Concern(decided={7})) for it in (clearance, title)] == [NEEDS, SMALL]


@pytest.mark.parametrize(
    ("old", "new", "material"),
    [
        (
            Window(date(2026, 6, 1), date(2026, 6, 1), "day"),
            Window(date(2026, 6, 16), date(2026, 6, 16), "day"),
            True,
        ),
        (
            Window(date(2026, 6, 1), date(2026, 6, 1), "day"),
            Window(date(2026, 6, 15), date(2026, 6, 15), "day"),
            False,
        ),
        (month("May 2026"), month("June 2026"), True),
        (quarter_window(2026, 3), quarter_window(2026, 2), True),
        (quarter_window(2026, 3), month("May 2026"), False),
        (quarter_window(2026, 3), Window(date(2026, 7, 10), date(2026, 7, 10), "day"), False),
        (quarter_window(2026, 3), Window(date(2026, 8, 10), date(2026, 8, 10), "day"), True),
        (quarter_window(2026, 3), Window(text="TBD"), False),
    ],
)
def test_a_material_move_is_fifteen_days_or_a_unit(old: Window, new: Window, material: bool) -> None:
    assert is_material(old, new) is material


def test_an_office_that_moves_many_dates_is_one_line() -> None:
    (line,) = lines_of([moved(91, pk) for pk in range(10)], NOBODY_ELSE)
    assert (line.fold, line.group, line.prospects) == (Fold.REVISION, Group.MOVED_LATER, 10)


@pytest.mark.parametrize(
    "others",
    [
        [moved(91, pk) for pk in range(9)],
        [moved(91, pk) for pk in range(9)] + [moved(-3, 10)],
        [moved(91, pk) for pk in range(9)] + [moved(91, 10, office="ICE")],
        [moved(91, pk) for pk in range(9)] + [moved(91, 10, run=3)],
        [moved(91, pk) for pk in range(9)] + [moved(91, 10)._replace(field="solicitation")],
    ],
)
def test_nine_of_one_kind_are_no_revision(others: list[Told]) -> None:
    assert {line.fold for line in lines_of(others, NOBODY_ELSE)} == {Fold.PROSPECT}


def test_a_small_part_of_an_office_is_no_revision() -> None:
    changes = [moved(91, pk) for pk in range(29)]
    assert len(lines_of(changes, replace(NOBODY_ELSE, dated=lambda it: 97))) == 29
    assert len(lines_of(changes, replace(NOBODY_ELSE, dated=lambda it: 96))) == 1


def test_a_watched_prospect_stands_beside_the_revision_of_its_office() -> None:
    revision, alone = sorted(
        lines_of([moved(91, pk) for pk in range(11)], NOBODY_ELSE, Concern(watched={4})), key=len_of
    )[::-1]
    assert (revision.prospects, alone.changes[0].prospect, alone.group) == (10, 4, NEEDS)


def len_of(line) -> int:
    return len(line.changes)


def test_what_one_edition_did_to_one_prospect_is_one_line() -> None:
    both = [told(field="award", shift_days=61), told(field="solicitation", shift_days=61, pk=2)]
    assert [len(line.changes) for line in lines_of(both, MANY_OTHERS)] == [2]


@pytest.mark.parametrize(("rows", "lines"), [(20, 1), (19, 1), (40, 12)])
def test_a_replaced_list_is_one_line(rows: int, lines: int) -> None:
    """More than a third: of those that stood on the list before, 12 of 32 or 31, not of 52."""
    gone = [told("expired", pk=pk, prospect=pk) for pk in range(12)]
    assert len(lines_of(gone, Sizes(dated=lambda it: 0, listed=lambda run: rows))) == lines


def test_all_of_a_first_list_is_one_line_of_small_edits() -> None:
    first = [told("listed", pk=pk, prospect=pk, significance="low") for pk in range(3)]
    (line,) = lines_of(first, MANY_OTHERS)
    assert (line.fold, line.group, line.prospects) == (Fold.FIRST_LIST, SMALL, 3)


def test_few_moves_have_no_median() -> None:
    assert median_move([moved(30, pk) for pk in range(5)]) is None
    assert median_move([moved(pk, pk) for pk in range(1, 7)]) == 3.5
    assert median_move([moved(pk, pk, shift_at_least=True) for pk in range(1, 9)]) is None


KINDS = st.sampled_from(Change.Kind.values)
FIELDS = st.sampled_from(["set_aside", "value", "phase", "award", "solicitation", "contacts", "title"])
TOLD = st.builds(
    told,
    kind=KINDS,
    field=FIELDS,
    old=st.sampled_from([None, "2026-06-01", "cancelled", "TBD", "1.00/2.00"]),
    new=st.sampled_from([None, "2026-08-01", "planning", "TBD", "3.00/.."]),
    prospect=st.integers(1, 30),
    run=st.integers(1, 2),
    office=st.sampled_from(["A", None]),
    shift_days=st.sampled_from([None, -30, -3, 0, 61]),
    significance=st.sampled_from(["low", "normal", "high"]),
)


CONCERNS = st.builds(Concern, *[st.sets(st.integers(1, 30), max_size=3)] * 2)


@given(st.lists(TOLD, max_size=80), CONCERNS, st.integers(0, 60))
def test_the_groups_are_a_partition(changes: list[Told], concern: Concern, size: int) -> None:
    numbered = [change._replace(pk=pk) for pk, change in enumerate(changes)]
    sections = sections_of(numbered, Sizes(dated=lambda it: size, listed=lambda run: size), concern)
    shown = [change.pk for section in sections for change in section.changes]
    assert sorted(shown) == [change.pk for change in numbered]
    assert [section.group for section in sections] == list(Group)
    assert all(group_of(it, concern) == section.group for section in sections for it in section.changes)
    assert all(line.changes for section in sections for line in section.lines)
