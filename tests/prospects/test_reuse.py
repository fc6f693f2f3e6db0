"""A number given to another requirement: when it is suspected, what is cut, and what a person's word does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize.dates import Window
from prospect_aggregate.normalize.money import ValueRange
from prospect_aggregate.prospects import joined, reusing
from prospect_aggregate.prospects.consequence import Group
from prospect_aggregate.prospects.cuts import Cut
from prospect_aggregate.prospects.feed import LOUD, Narrow, feed_of, read
from prospect_aggregate.prospects.models import Change, Prospect, Reuse
from prospect_aggregate.prospects.record import record_of
from prospect_aggregate.prospects.reuse import Reused, reused, similarity
from prospect_aggregate.prospects.slip_ledger import ledger_of
from prospect_aggregate.scrapers.draft import ProspectDraft
from tests.agency import Site
from tests.given import day
from tests.offices import OFFICES, own_file, purchase

OLD = ProspectDraft(
    native_id="1", title="Help desk support for field offices", naics_codes=("541519",), office="USCG/SFLC",
    value=ValueRange(Decimal(1), Decimal(2), "total"), requirement_type="recompete",
)  # fmt: skip
OTHER = {
    "naics_codes": ("236220",), "office": "ICE", "value": ValueRange(Decimal(5), None, "total"),
    "requirement_type": "new",
}  # fmt: skip


def between(new: ProspectDraft, old: ProspectDraft = OLD) -> Reused | None:
    return reused(record_of(old), record_of(new))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("A b", "b A!", 1.0), ("help desk", "HELP, desk, support", 2 / 3), ("a b c", "c d e", 0.2), ("a", "b", 0.0),
     ("—", "…", 1.0)],
)  # fmt: skip
def test_titles_are_as_alike_as_the_words_they_share(one: str, other: str, share: float) -> None:
    assert similarity(one, other) == pytest.approx(share)


@pytest.mark.parametrize("differ", [("naics", "office"), ("naics", "value"), ("office", "requirement_type")])
def test_another_title_and_two_other_facts_are_another_requirement(differ: tuple[str, str]) -> None:
    facts = {
        "naics_codes" if name == "naics" else name: OTHER["naics_codes" if name == "naics" else name]
        for name in differ
    }
    found = between(replace(OLD, title="Paving of a parking lot", **facts))
    assert found == Reused(OLD.title or "", "Paving of a parking lot", differ)


@pytest.mark.parametrize(
    "new",
    [
        replace(OLD, title="Paving of a parking lot"),
        replace(OLD, title="Paving of a parking lot", office="ICE"),
        replace(OLD, title="Paving of a parking lot", office="ICE", naics_codes=("541512",)),
        replace(
            OLD, title="Paving of a parking lot", office="ICE", naics_codes=(), value=ValueRange(text="TBD")
        ),
        replace(OLD, title="Help desk support, and more for field", **OTHER),
        replace(OLD, title=None, **OTHER),
        replace(OLD, **OTHER),
    ],
)
def test_what_may_well_be_the_same_is_not_suspected(new: ProspectDraft) -> None:
    assert between(new) is None


@pytest.fixture
def again(site: Site, db: None, tmp_path) -> Reuse:
    """F-2 moves by a month, then stands for something else with a date of its own, which moves by a week."""
    other = {"naics": "236220", "office": "ICE", "solicitation": "09/01/2026"}
    first, second = purchase("Guards at the annex"), purchase("Translation services")
    own_file(tmp_path, first, second, at=day("2026-05-04"))
    own_file(tmp_path, first, {**second, "Solicitation": "07/01/2026"}, at=day("2026-05-11"))
    own_file(tmp_path, first, purchase("Paving of a lot", **other), at=day("2026-05-18"))
    own_file(
        tmp_path,
        first,
        purchase("Paving of a lot", **{**other, "solicitation": "09/08/2026"}),
        at=day("2026-05-25"),
    )
    return Reuse.objects.with_prospect().get()


def slip(item: Reuse) -> tuple[int, int | None, date | None]:
    found = Prospect.objects.get(pk=item.prospect_id)
    return found.solicitation_moves, found.solicitation_slip_days, found.first_solicitation_to


def said(item: Reuse, verdict: str) -> Reuse:
    return reusing.decide(item, Reuse.Verdict(verdict), by="ana", now=day("2026-05-26"))


def totals(item: Reuse) -> tuple[int, int | None]:
    last = ledger_of(item.prospect, [], Change.objects.filter(prospect=item.prospect))[-1].slip
    return last.moves, last.days


def test_the_history_is_cut_where_the_number_is_used_again(again: Reuse) -> None:
    assert (again.before, again.after, again.differ) == (
        "Translation services",
        "Paving of a lot",
        ["naics", "office"],
    )
    assert slip(again) == (1, 7, date(2026, 9, 1))
    assert totals(again) == (1, 7)
    assert list(Prospect.objects.reused_suspected()) == [again.prospect]


def test_a_persons_word_joins_the_history_or_leaves_it_cut(again: Reuse) -> None:
    same = said(again, "same")
    assert slip(again) == (3, 99, date(2026, 6, 1))
    assert totals(again) == (3, 99)
    assert not Prospect.objects.reused_suspected().exists()
    assert reusing.differ_words(same) == "NAICS and office differ"
    said(again, "another")
    assert slip(again) == (1, 7, date(2026, 9, 1))
    assert totals(again) == (1, 7)
    assert not Prospect.objects.reused_suspected().exists()


def test_what_the_edition_changed_is_one_question_and_no_move(again: Reuse) -> None:
    these = Change.objects.filter(run=again.run)
    told = list(read(these))
    assert {it.reused for it in told} == {True}
    assert these.filter(LOUD).count() == len(told) > 3
    line, *_ = feed_of(Cut.now().within, Narrow()).sections[0].lines[::-1]
    assert {it.pk for it in line.changes} == {it.pk for it in told}
    assert line.group == Group.NEEDS_A_LOOK
    said(again, "same")
    assert not any(it.reused for it in read(these))


def test_what_a_person_joined_no_edition_tells(again: Reuse) -> None:
    """A replay compares with what the editions alone give."""
    said(again, "same")
    assert joined.continuing(again.prospect.source) == {again.prospect_id}
    kept = Prospect.objects.get(pk=again.prospect_id)
    joined.part(kept)
    assert (kept.solicitation_moves, kept.solicitation_slip_days) == (1, 7)


def test_an_edition_that_is_taken_back_takes_its_question_along(again: Reuse) -> None:
    from prospect_aggregate.prospects import undo

    undo.take_back(Run.objects.get(pk=again.run_id))
    assert not Reuse.objects.exists()


def test_the_window_of_a_prospect_without_moves_begins_at_its_cut(again: Reuse) -> None:
    Change.objects.filter(prospect=again.prospect, field="solicitation").delete()
    (only,) = ledger_of(again.prospect, [], [])
    assert (only.seen.at, only.seen.window) == (again.at, Window(date(2026, 9, 8), date(2026, 9, 8), "day"))
    assert OFFICES.key == "offices"
