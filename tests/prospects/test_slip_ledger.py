"""The ledger of one prospect tells every promise once, and its sums are those that were counted edition by edition."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize.dates import Window, month, quarter_window
from prospect_aggregate.prospects.joined import earlier_names
from prospect_aggregate.prospects.models import Change, Pair, Prospect
from prospect_aggregate.prospects.offices import moved_in_bulk
from prospect_aggregate.prospects.search import changes_of
from prospect_aggregate.prospects.slip_ledger import Entry, Seen, entries_of, ledger_of
from prospect_aggregate.prospects.slips import slip_over
from tests.agency import Site
from tests.given import collected, day, published, row
from tests.offices import lists, purchase
from tests.prospects.test_slips import WINDOWS
from tests.test_real_editions import three_weeks

__all__ = ["three_weeks"]
BEGIN = datetime(2026, 5, 13, tzinfo=UTC)


def on(text: str) -> Window:
    return Window(date.fromisoformat(text), date.fromisoformat(text), "day")


def seen(*windows: Window) -> list[Entry]:
    return list(entries_of(Seen(BEGIN + timedelta(weeks=week), week, it) for week, it in enumerate(windows)))


def test_each_promise_has_its_kind() -> None:
    told = seen(
        on("2026-06-01"), on("2026-08-03"), on("2026-08-03"), on("2026-07-01"), quarter_window(2026, 4),
        Window(text="TBD"), Window(text="after the pilot"), month("September 2026"), Window(),
    )  # fmt: skip
    assert [entry.kind for entry in told] == [
        "first", "later", "earlier", "restated", "removed", "reworded", "given", "removed",
    ]  # fmt: skip
    assert [entry.slip.days for entry in told] == [0, 63, 30, 30, 30, 30, 92, 92]
    assert [entry.slip.moves for entry in told] == [0, 1, 2, 2, 2, 2, 2, 2]


@given(st.lists(WINDOWS, min_size=1, max_size=8))
def test_its_last_line_is_the_slip_over_all(windows: list[Window]) -> None:
    entries = seen(*windows)
    assert entries[-1].slip == slip_over(windows)
    assert sum(entry.is_move for entry in entries) == entries[-1].slip.moves
    assert [entry.kind for entry in entries].count("first") == 1


@given(st.lists(st.dates(date(2026, 1, 1), date(2030, 1, 1)), min_size=1, max_size=8))
def test_between_days_the_total_is_the_sum_of_the_moves(days: list[date]) -> None:
    entries = seen(*(Window(it, it, "day") for it in days))
    moves = [entry.shift.days or 0 for entry in entries if entry.shift]
    assert sum(moves) == entries[-1].slip.days == (days[-1] - days[0]).days


def ledger(prospect: Prospect) -> list[Entry]:
    names = earlier_names(prospect)
    changes = Change.objects.filter(prospect__in=[prospect, *names]).select_related("prospect__source")
    return ledger_of(prospect, names, changes)


@pytest.mark.django_db
def test_a_joined_history_is_one_ledger(site: Site) -> None:
    from prospect_aggregate.prospects import pairs

    title = "Guard services at the annex of the embassy"
    lists(site, purchase(title), at=day("2026-05-04"))
    lists(site, purchase(f"{title} (new)", solicitation="07/01/2026"), at=day("2026-05-11"))
    pairs.decide(Pair.objects.get(), Pair.Verdict.SAME, by="ana", note="", now=day("2026-05-12"))
    newer = Prospect.objects.get(title=f"{title} (new)")
    told = ledger(newer)
    assert [(entry.kind, entry.slip.days) for entry in told] == [("first", 0), ("later", 30)]
    assert newer.solicitation_slip_days == 30


@pytest.mark.django_db
@pytest.mark.parametrize(("many", "bulk"), [(10, True), (9, False)])
def test_a_move_in_bulk_is_marked(site: Site, many: int, bulk: bool) -> None:
    site.serve(published(row(number) for number in range(30)))
    collected(at=day("2026-05-04"))
    later = {"solicitation": "06/08/2026"}
    site.serve(published(row(number, **(later if number < many else {})) for number in range(30)))
    collected(at=day("2026-05-11"))
    change = Change.objects.filter(field="solicitation").select_related("prospect__source")[0]
    assert moved_in_bulk(change) is bulk


@pytest.mark.django_db
def test_homeland_securitys_ledgers_agree_with_the_listing_of_changes(three_weeks: list, real: Path) -> None:
    """Whole editions of May: each total is the one that was counted, and the sum of the changes that are listed."""
    summed = 0
    for prospect in Prospect.objects.select_related("source"):
        entries = ledger(prospect)
        slip = entries[-1].slip
        assert (slip.moves, slip.days) == (prospect.solicitation_moves, prospect.solicitation_slip_days)
        listed = changes_of(source="dhs", key=prospect.key, kind="changed", field="solicitation", since=None)
        shifts = [change.shift_days for change in listed]
        assert sum(shifts) == slip.days
        summed += sum(shifts)
    assert (
        summed == sum(Change.objects.filter(field="solicitation").values_list("shift_days", flat=True)) == 80
    )
    assert not any(
        moved_in_bulk(it) for it in Change.objects.exclude(shift_days=None).select_related("prospect__source")
    )
