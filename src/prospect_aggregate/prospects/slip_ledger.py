"""The slip ledger of one prospect: every promise of its solicitation that was seen, and how far it had moved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prospect_aggregate.normalize.dates import Shift, Window, shift_days
from prospect_aggregate.prospects.joined import promise_now, since_cut
from prospect_aggregate.prospects.ledger import window_in
from prospect_aggregate.prospects.models import Change, Prospect, Reuse
from prospect_aggregate.prospects.slips import Slip, slip_of

FIRST, REWORDED = "first", "reworded"


@dataclass(frozen=True, slots=True)
class Seen:
    """A promise as an edition showed it; the first one of a name has no change."""

    at: datetime
    run: int
    window: Window
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `kind` is a shift's (STATISTICS §2), `first`, or `reworded` where no date is named."""

    seen: Seen
    kind: str
    shift: Shift | None
    slip: Slip
    """As it is with this promise."""

    @property
    def is_move(self) -> bool:
        return self.kind in ("later", "earlier")


def ledger_of(prospect: Prospect, earlier: list[Prospect], changes: Iterable[Change]) -> list[Entry]:
    """Over all its names; `earlier` has the latest first, as `joined.earlier_names` gives them.

    Where a number was given to another requirement, the ledger begins there.
    """
    return list(entries_of(promises_of(since_cut([prospect, *earlier]), changes)))


def entries_of(promises: Iterable[Seen]) -> Iterator[Entry]:
    """The first promise seen, then whatever reads otherwise than the one before."""
    before: Seen | None = None
    slip = Slip()
    for seen in promises:
        if before is None:
            slip = slip_of(seen.window)
            yield Entry(seen, FIRST, None, slip)
        elif seen.window != before.window:
            slip = slip.moved_to(before.window, seen.window)
            shift = shift_days(before.window, seen.window)
            yield Entry(seen, _kind(shift), shift, slip)
        before = seen


def _kind(shift: Shift | None) -> str:
    """A window of the same precision and first day that ends otherwise is restated."""
    if shift is None:
        return REWORDED
    return "restated" if shift.kind == "unchanged" else shift.kind


def is_bound(entries: list[Entry]) -> bool:
    """Whether the slip in all is a lower bound: the last date seen is of another precision than the first."""
    slip = entries[-1].slip
    dated = [entry.seen.window for entry in entries if entry.seen.window.last]
    return bool(slip.days) and dated[-1].precision != slip.first_precision


def promises_of(names: Iterable[tuple[Prospect, Reuse | None]], changes: Iterable[Change]) -> Iterator[Seen]:
    """Under the oldest name first, each from its cut on; `changes` are those of all of them, in any order."""
    moves = sorted((it for it in changes if it.field == "solicitation"), key=lambda it: (it.at, it.pk))
    for name, cut in names:
        mine = [it for it in moves if it.prospect_id == name.pk]
        before = [it for it in mine if cut and it.at <= cut.at]
        since = mine[len(before) :]
        kept = before[-1].new if before else since[0].old if since else None
        first = window_in(kept) if mine else _bare(promise_now(name))
        yield Seen(cut.at, cut.run_id, first) if cut else Seen(name.first_seen_at, name.first_run_id, first)
        for change in since:
            yield Seen(change.at, change.run_id, window_in(change.new), change)


def _bare(window: Window) -> Window:
    """As the ledger gives it back: published words count only where no date was read."""
    return Window(window.first, window.last, window.precision) if window.last else Window(text=window.text)
