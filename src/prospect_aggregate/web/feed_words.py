"""Lines of the feed in words."""

from collections.abc import Mapping
from datetime import date

from prospect_aggregate.normalize.dates import quarter_of
from prospect_aggregate.prospects.consequence import Group, Told
from prospect_aggregate.prospects.folding import Fold, Line, Section, median_move
from prospect_aggregate.prospects.ledger import WINDOWS, window_in
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.web import detail, present
from prospect_aggregate.web.shelf import promises_of

GROUPS: Mapping[Group, str] = {
    Group.NEEDS_A_LOOK: "Needs a look",
    Group.NEW: "New",
    Group.MOVED_LATER: "Moved later",
    Group.MOVED_EARLIER: "Moved earlier",
    Group.VALUE: "Value",
    Group.LEFT: "Left",
    Group.BACK_AGAIN: "Back again",
    Group.SMALL_EDITS: "Small edits and contacts",
}
NUMBERS = ("no", "one", "two", "three", "four")


def note_of(section: Section) -> str:
    """What stands beside the name of a group."""
    if section.group in (Group.MOVED_LATER, Group.MOVED_EARLIER):
        return _median(section)
    if section.group == Group.LEFT:
        after = sum(it.kind == Change.Kind.EXPIRED for it in section.changes)
        return f"after their date {after:,}, before it {section.count - after:,}"
    return ""


def _median(section: Section) -> str:
    """Of few moves there is no median: each stands in its line."""
    middle = median_move(section.changes)
    return "" if middle is None else f"median of these {_days(middle)}"


def _days(days: float) -> str:
    return f"{days:+,.0f} d".replace("-", "−")


def sentence_of(line: Line, source: str) -> str:
    """A line that stands for many; `source` is the name of their list."""
    first, count = line.changes[0], line.prospects
    if line.fold == Fold.FIRST_LIST:
        return f"First list of {source}: {count:,} prospects"
    if line.fold == Fold.REPLACED_LIST:
        return _replaced(first, count, source)
    return f"{first.office or source} {_revised(line)}, one revision"


def _replaced(first: Told, count: int, source: str) -> str:
    """What befalls a watched prospect never stands in such a line: it stands by itself under *Needs a look*."""
    if first.kind in Change.LEFT:
        return f"{source} replaced its list: {count:,} left, 0 of them watched"
    if first.kind == Change.Kind.REAPPEARED:
        return f"{source}: {count:,} came back in one edition"
    return f"{source}: {count:,} new in one edition"


def _revised(line: Line) -> str:
    field, count = line.changes[0].field, line.prospects
    name = detail.NAMES.get(field, field.replace("_", " ")).lower()
    if field not in WINDOWS:
        return f"changed {name} of {count:,} prospects"
    shifts = [it.shift_days for it in line.changes if it.shift_days]
    if not shifts:
        return f"restated {count:,} {name} dates"
    way = "later" if shifts[0] > 0 else "earlier"
    return f"moved {count:,} {name} dates {_moved_by(line)} {way}"


def _moved_by(line: Line) -> str:
    """`by one quarter` where all did so; else by how many days, from the least to the most."""
    quarters = {_quarters(it) for it in line.changes}
    if len(quarters) == 1 and (moved := quarters.pop()):
        return f"by {_numbered(abs(moved))}"
    sizes = sorted(abs(it.shift_days) for it in line.changes if it.shift_days)
    bound = "at least " if any(it.shift_at_least for it in line.changes) else ""
    least, most = sizes[0], sizes[-1]
    return f"by {bound}{least:,} d" if least == most else f"by {bound}{least:,} to {most:,} d"


def _quarters(it: Told) -> int | None:
    """How many quarters a window moved that is a quarter; None for any other."""
    old, new = window_in(it.old), window_in(it.new)
    if old.precision != "quarter" or new.precision != "quarter" or not old.last or not new.last:
        return None
    (year, quarter), (new_year, new_quarter) = quarter_of(old.last), quarter_of(new.last)
    return 4 * (new_year - year) + new_quarter - quarter


def _numbered(quarters: int) -> str:
    words = NUMBERS[quarters] if quarters < len(NUMBERS) else f"{quarters:,}"
    return f"{words} quarter" if quarters == 1 else f"{words} quarters"


def facts_of(prospect: Prospect, *, day: date) -> str:
    """What tells whether to open it: next date, set-aside, value; nothing that is not published."""
    coming = present.next_date(promises_of(vars(prospect)), day=day)
    told = (
        present.Shown(f"{coming.short} {coming.window}", lack="" if coming.last else "none"),
        present.Shown("no set-aside")
        if prospect.set_aside == "NONE"
        else present.set_aside(prospect.set_aside, prospect.set_aside_text, prospect.basis),
        present.value(prospect.value_min, prospect.value_max, prospect.value_basis, prospect.value_text),
    )
    return " · ".join(it.text + (" per year" if it.yearly else "") for it in told if not it.lack)
