"""Likely pairs: suggested by editions, decided by a person, taken back without a trace."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from prospect_aggregate import review
from prospect_aggregate.collection.models import Ruling, Run
from prospect_aggregate.prospects import joined, pairs
from prospect_aggregate.prospects.models import Change, Pair, Prospect
from prospect_aggregate.prospects.pairs import CannotPairError
from prospect_aggregate.prospects.rereading import SLIP
from prospect_aggregate.prospects.search import Filters, by_key, changes_of, search
from prospect_aggregate.prospects.sift import Sifted, known_of
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.tasks.execution import execute
from tests.agency import Site
from tests.given import a_run, a_source, day, published
from tests.offices import OFFICES, OTHERS, lists, own_file, purchase

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD, FOURTH = (day(f"2026-05-{number:02}") for number in (4, 11, 18, 25))
GUARDS = "Guard services at the annex of the embassy"
RENAMED, AGAIN = f"{GUARDS} (re-compete)", f"{GUARDS} (re-compete), 2 shifts"
TODAY = FOURTH.date()
Verdict = Pair.Verdict


def titled(title: str) -> Prospect:
    return Prospect.objects.get(title=title)


def listed() -> list[str | None]:
    """What a reader finds, the other rows left out."""
    usual = {row["Title"] for row in OTHERS}
    return sorted({it.title for it in search(Filters(), day=TODAY)} - usual, key=str)


def say(pair: Pair, verdict: Pair.Verdict) -> Pair:
    return pairs.decide(pair, verdict, by="ana", note=" seen ", now=timezone.now())


def standing() -> list[tuple[Any, ...]]:
    """Everything of every prospect."""
    return list(Prospect.objects.order_by("pk").values_list())


def slip(title: str) -> tuple[str, int, int | None]:
    it = titled(title)
    return str(it.first_solicitation_from), it.solicitation_moves, it.solicitation_slip_days


@pytest.fixture
def renamed(site: Site) -> Pair:
    """A row whose title is edited and whose date moves by a month, after it had moved by a week."""
    lists(site, purchase(GUARDS, solicitation="06/01/2026"), at=FIRST)
    lists(site, purchase(GUARDS, solicitation="06/08/2026"), at=SECOND)
    lists(site, purchase(RENAMED, solicitation="07/08/2026"), at=THIRD)
    return Pair.objects.get()


def test_an_edited_title_is_suggested_and_nothing_is_merged(renamed: Pair) -> None:
    assert (renamed.older.title, renamed.newer.title) == (GUARDS, RENAMED)
    assert (renamed.kind, renamed.verdict, renamed.under, renamed.suggested_at) == (
        "renamed",
        None,
        None,
        THIRD,
    )
    assert renamed.evidence == {
        "title": 88,
        "agree": ["naics", "value", "contacts"],
        "differ": ["solicitation"],
    }
    assert listed() == [GUARDS, RENAMED]
    assert slip(RENAMED) == ("2026-07-08", 0, 0)


def test_an_alike_title_of_another_office_is_no_pair(site: Site) -> None:
    lists(site, purchase(GUARDS), at=FIRST)
    lists(site, purchase(GUARDS, office="INL"), purchase(RENAMED, office="GFS"), at=SECOND)
    assert not Pair.objects.exists()


def test_a_first_edition_suggests_nothing(site: Site) -> None:
    lists(site, purchase(GUARDS), purchase(RENAMED), at=FIRST)
    assert not Pair.objects.exists()


def test_an_edition_that_shows_no_absence_suggests_no_renaming(site: Site) -> None:
    lists(site, purchase(GUARDS), at=FIRST)
    site.serve(published([*OTHERS, purchase(RENAMED)]))
    run = a_run(OFFICES, observed_at=SECOND, complete=False)
    execute(run.pk, OFFICES.run)
    assert titled(RENAMED)
    assert not Pair.objects.exists()


def test_looking_costs_nothing_without_new_rows_or_without_absent_ones(
    site: Site, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = lists(site, purchase(GUARDS), at=FIRST)
    known = known_of(run.source)
    everything = Sifted(seen=set(known.state))
    with django_assert_num_queries(0):
        assert pairs.likely(run, everything, known).pairs == []
        assert pairs.likely(run, Sifted(), known).pairs == []


def test_a_run_says_when_titles_were_too_many(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST", 1)
    lists(site, purchase(GUARDS), purchase("Roof guards"), at=FIRST)
    run = lists(site, purchase(RENAMED), at=SECOND)
    run.refresh_from_db()
    assert run.notes == [
        "likely pairs: 0 titles were compared; 2 more, in the offices with most rows, were too many"
    ]
    assert not Pair.objects.exists()


def test_the_same_goes_on_with_the_history_of_the_older_one(renamed: Pair) -> None:
    decided = say(renamed, Verdict.SAME)
    assert (decided.verdict, decided.by, decided.note, decided.under) == (
        "same",
        "ana",
        "seen",
        renamed.older,
    )
    assert slip(RENAMED) == ("2026-06-01", 2, 37)
    assert joined.earlier_names(titled(RENAMED)) == [titled(GUARDS)]
    assert listed() == [RENAMED]
    assert by_key(renamed.older.key, day=TODAY) == titled(GUARDS)


def test_a_later_move_is_counted_from_the_first_promise_of_the_older_one(renamed: Pair, site: Site) -> None:
    say(renamed, Verdict.SAME)
    lists(site, purchase(RENAMED, solicitation="07/15/2026"), at=FOURTH)
    assert slip(RENAMED) == ("2026-06-01", 3, 44)
    say(renamed, Verdict.DIFFERENT)
    assert slip(RENAMED) == ("2026-07-08", 1, 7)


def departures() -> list[str]:
    told = changes_of(source="offices", key=None, kind=None, field=None, since=None)
    return [change.kind for change in told if change.kind in Change.LEFT]


def test_an_earlier_name_did_not_leave_the_list(renamed: Pair, site: Site) -> None:
    lists(site, purchase(RENAMED, solicitation="07/15/2026"), at=FOURTH)
    assert departures() == ["withdrawn"]
    say(renamed, Verdict.SAME)
    assert departures() == []
    say(renamed, Verdict.DIFFERENT)
    assert departures() == ["withdrawn"]


def test_deciding_otherwise_restores_everything(renamed: Pair) -> None:
    before, changes = standing(), list(Change.objects.values_list())
    say(renamed, Verdict.SAME)
    decided = say(renamed, Verdict.DIFFERENT)
    assert (decided.verdict, decided.under) == ("different", None)
    assert standing() == before
    assert list(Change.objects.values_list()) == changes
    assert listed() == [GUARDS, RENAMED]


def test_what_is_different_is_not_suggested_again(renamed: Pair, site: Site) -> None:
    say(renamed, Verdict.DIFFERENT)
    lists(site, purchase(GUARDS, solicitation="07/08/2026"), at=FOURTH)
    assert Pair.objects.get().verdict == "different"
    assert not Pair.objects.waiting().exists()


@pytest.fixture
def twice_renamed(renamed: Pair, site: Site) -> tuple[Pair, Pair]:
    lists(site, purchase(AGAIN, solicitation="07/09/2026"), at=FOURTH)
    return renamed, Pair.objects.latest("pk")


def test_a_chain_of_names_is_one_history(twice_renamed: tuple[Pair, Pair]) -> None:
    first, second = twice_renamed
    say(second, Verdict.SAME)
    assert slip(AGAIN) == ("2026-07-08", 1, 1)
    say(first, Verdict.SAME)
    assert slip(AGAIN) == ("2026-06-01", 3, 38)
    assert [it.title for it in joined.earlier_names(titled(AGAIN))] == [RENAMED, GUARDS]
    assert listed() == [AGAIN]
    say(first, Verdict.DIFFERENT)
    assert slip(AGAIN) == ("2026-07-08", 1, 1)
    assert listed() == [GUARDS, AGAIN]


def test_a_prospect_has_one_earlier_name(renamed: Pair, site: Site) -> None:
    Prospect.objects.filter(title="Roof").update(state="missing")
    other = Pair.objects.create(
        older=titled("Roof"), newer=renamed.newer, kind="renamed", run=renamed.run, evidence=renamed.evidence,
        suggested_at=THIRD,
    )  # fmt: skip
    say(renamed, Verdict.SAME)
    with pytest.raises(
        CannotPairError, match=f"pair {renamed.pk} says already .* decide that pair anew first"
    ):
        say(other, Verdict.SAME)
    say(renamed, Verdict.DIFFERENT)
    assert say(other, Verdict.SAME).verdict == "same"


def test_no_prospect_stands_under_itself(renamed: Pair) -> None:
    facts = {"run": renamed.run, "evidence": renamed.evidence, "suggested_at": THIRD}
    turned = Pair.objects.create(older=renamed.newer, newer=renamed.older, kind="twin", **facts)
    say(renamed, Verdict.SAME)
    with pytest.raises(CannotPairError, match="would stand under itself"):
        say(turned, Verdict.SAME)


def test_an_older_one_that_comes_back_is_no_question_any_more(renamed: Pair, site: Site) -> None:
    assert list(Pair.objects.waiting()) == [renamed]
    lists(site, purchase(GUARDS), purchase(RENAMED), at=FOURTH)
    assert not Pair.objects.waiting().exists()


def test_an_older_one_that_comes_back_after_all_stands_by_itself_and_asks_again(
    renamed: Pair, site: Site
) -> None:
    say(renamed, Verdict.SAME)
    lists(site, purchase(GUARDS), purchase(RENAMED), at=FOURTH)
    assert listed() == [GUARDS, RENAMED]
    assert list(Pair.objects.waiting()) == [renamed]
    with pytest.raises(CannotPairError, match=r"is back on the list beside .*; call them different"):
        say(renamed, Verdict.SAME)
    say(renamed, Verdict.DIFFERENT)
    assert not Pair.objects.waiting().exists()


def test_what_left_for_good_on_both_sides_waits_no_more(renamed: Pair, site: Site) -> None:
    for at, title in ((FOURTH, "Gates"), (day("2026-06-01"), "Doors")):
        lists(site, purchase(title), at=at)
    assert not Pair.objects.waiting().filter(pk=renamed.pk).exists()


def let_in(run: Run) -> Ruling:
    ruling = review.let_in(run, reason=Ruling.Reason.CLEAN_UP, note="n", by="ana", now=timezone.now())
    assert ruling.admitted
    execute(ruling.admitted.pk, OFFICES.run)
    return ruling


@pytest.fixture
def replaced(renamed: Pair, site: Site) -> Ruling:
    """A list replaced nearly whole, let in by a person while the first pair stands."""
    say(renamed, Verdict.SAME)
    site.serve(published([purchase(AGAIN, solicitation="07/09/2026"), OTHERS[0]]))
    with pytest.raises(ScraperError):
        execute(a_run(OFFICES, observed_at=FOURTH).pk, OFFICES.run)
    return let_in(Run.objects.latest("pk"))


def test_a_replaced_list_is_compared_too(replaced: Ruling) -> None:
    assert [(pair.older.title, pair.newer.title) for pair in Pair.objects.filter(run=replaced.admitted)] == [
        (RENAMED, AGAIN)
    ]


def test_an_edition_taken_back_takes_its_pairs_with_it(replaced: Ruling, renamed: Pair) -> None:
    say(Pair.objects.latest("pk"), Verdict.SAME)
    review.take_back(replaced, by="ana", now=timezone.now())
    assert list(Pair.objects.all()) == [renamed]
    assert slip(RENAMED) == ("2026-06-01", 2, 37)


def test_what_was_decided_meanwhile_outlives_an_edition_taken_back(replaced: Ruling, renamed: Pair) -> None:
    say(renamed, Verdict.DIFFERENT)
    review.take_back(replaced, by="ana", now=timezone.now())
    assert slip(RENAMED) == ("2026-07-08", 0, 0)


@pytest.fixture
def twins(site: Site, tmp_path: Path) -> Pair:
    """A purchase on the list, and the same under another number in the file that a person downloads."""
    lists(site, purchase(GUARDS), at=FIRST)
    own_file(tmp_path, purchase(RENAMED), purchase("Boats", naics="336611"), at=SECOND)
    return Pair.objects.get()


def test_two_layouts_of_one_list_may_publish_one_purchase_twice(twins: Pair) -> None:
    assert (twins.kind, twins.older.title, twins.newer.native_id) == ("twin", GUARDS, "F-1")
    assert listed() == ["Boats", GUARDS, RENAMED]


def test_the_second_copy_is_shown_with_the_row_of_the_list(twins: Pair) -> None:
    say(twins, Verdict.SAME)
    assert listed() == ["Boats", GUARDS]
    assert joined.copies(titled(GUARDS)) == [titled(RENAMED)]
    assert slip(GUARDS) == ("2026-06-01", 0, 0)
    assert by_key("offices:F-1", day=TODAY).title == RENAMED
    say(twins, Verdict.DIFFERENT)
    assert listed() == ["Boats", GUARDS, RENAMED]


def test_a_copy_is_not_missed_with_its_row_and_stands_by_itself(twins: Pair, site: Site) -> None:
    say(twins, Verdict.SAME)
    for at, title in ((THIRD, "Gates"), (FOURTH, "Doors")):
        lists(site, purchase(title), at=at)
    assert titled(GUARDS).state in ("expired", "withdrawn")
    assert titled(RENAMED).state == "listed"
    assert RENAMED in listed()


def test_a_copy_whose_row_left_stands_by_itself(twins: Pair, tmp_path: Path, site: Site) -> None:
    say(twins, Verdict.SAME)
    lists(site, at=THIRD)
    own_file(tmp_path, purchase(RENAMED), at=FOURTH)
    assert (titled(GUARDS).state, titled(RENAMED).state) == ("missing", "listed")
    assert RENAMED in listed()


def test_a_row_of_the_list_beside_copies_still_listed_is_the_one_that_counts(
    site: Site, tmp_path: Path
) -> None:
    lists(site, at=FIRST)
    own_file(tmp_path, purchase(GUARDS), at=SECOND)
    site.serve(published([*OTHERS, purchase(RENAMED)]))
    execute(a_run(OFFICES, observed_at=THIRD, complete=False).pk, OFFICES.run)
    decided = say(Pair.objects.get(kind="twin"), Verdict.SAME)
    assert (decided.under, decided.above) == (titled(GUARDS), titled(RENAMED))
    assert listed() == [RENAMED]


def test_a_row_published_both_ways_under_one_number_is_one_prospect(site: Site, tmp_path: Path) -> None:
    lists(site, purchase(GUARDS), at=FIRST)
    number = titled(GUARDS).native_id
    own_file(tmp_path, {"Sequence": number, **purchase(GUARDS)}, at=SECOND)
    assert titled(GUARDS).native_id == number
    assert not Pair.objects.exists()


def test_the_stored_slip_is_the_one_that_the_ledger_tells(renamed: Pair, site: Site) -> None:
    say(renamed, Verdict.SAME)
    for at, date in ((FOURTH, "TBD"), (day("2026-06-01"), "Q4 FY2026"), (day("2026-06-08"), "09/02/2026")):
        lists(site, purchase(RENAMED, solicitation=date), at=at)
    kept = list(Prospect.objects.order_by("pk").values_list(*SLIP))
    for prospect in Prospect.objects.filter(source=a_source(OFFICES)):
        joined.rejoin(prospect)
    assert list(Prospect.objects.order_by("pk").values_list(*SLIP)) == kept


def test_what_only_the_own_file_numbers_is_not_missed_in_the_whole_list(site: Site, tmp_path: Path) -> None:
    lists(site, purchase(GUARDS), at=FIRST)
    own_file(tmp_path, *[purchase(f"Boat {number}", naics="336611") for number in range(20)], at=SECOND)
    after = lists(site, purchase(GUARDS), purchase("Nets"), at=THIRD)
    assert (after.status, after.new, after.gone) == ("succeeded", 1, 0)
    assert Prospect.objects.listed().count() == len(OTHERS) + 2 + 20
