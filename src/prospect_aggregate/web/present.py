"""How values are written on pages (UI §6): pure, one function per thing shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from prospect_aggregate.normalize import dates
from prospect_aggregate.normalize.text import is_placeholder
from prospect_aggregate.normalize.vocabularies import TO_BE_DETERMINED
from prospect_aggregate.prospects.ledger import amounts_in, precision_of

KINDS = {
    "solicitation": ("Solicitation", "Sol."),
    "award": ("Award", "Award"),
    "contract_end": ("Contract ends", "Ends"),
}
SHORT_NAMES = {
    "SBA": "SB", "SBP": "SB partial", "8A": "8(a)", "8AN": "8(a) sole", "HZC": "HUBZone", "HZS": "HUBZone sole",
    "SDVOSBC": "SDVOSB", "SDVOSBS": "SDVOSB sole", "WOSB": "WOSB", "WOSBSS": "WOSB sole", "EDWOSB": "EDWOSB",
    "EDWOSBSS": "EDWOSB sole", "ISBEE": "ISBEE", "IEE": "IEE", "BICiv": "Buy Indian", "VSA": "VOSB", "VSS": "VOSB sole",
    "LAS": "local area", "NONE": "none", "TBD": "TBD", "OTHER": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a page writes it. What is not known says in which way it is not (`lack`)."""

    text: str
    lack: str = ""
    """`undecided`, `unpublished` or `unread`; empty for a value."""
    hint: str = ""
    """The agency's own words, or what the short form means."""
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A window in time as kept: which kind, its days, its precision, its published words."""

    kind: str
    first: date | None
    last: date | None
    precision: str | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class NextDate:
    """Kind, window, distance: `Solicitation  1 Jun  in 7 d`."""

    kind: str
    short: str
    window: str
    distance: str
    passed: bool
    last: date | None
    lack: Shown | None = None

    @property
    def hint(self) -> str:
        return "A passed date may mean that the solicitation is out: check SAM.gov." if self.passed else ""


def next_date(promises: Iterable[Promise], *, day: date) -> NextDate:
    """The first promise that has a window, in the order given; else which words stand in its place."""
    known = list(promises)
    dated = next((promise for promise in known if promise.last), None)
    if dated is None or dated.last is None:
        lack = lacking(
            next((promise.text for promise in known if promise.text), None), absent="none published"
        )
        return NextDate("", "", lack.text, "", passed=False, last=None, lack=lack)
    kind, short = KINDS[dated.kind]
    window = window_text(dated.first, dated.last, dated.precision, day=day)
    passed = dated.last < day
    return NextDate(kind, short, window, _distance(dated, day), passed=passed, last=dated.last)


def _distance(promise: Promise, day: date) -> str:
    last = promise.last
    if last is None:
        return ""
    if last < day:
        return f"passed {(day - last).days:,} d"
    if (promise.precision or precision_of(promise.first, last)) == "day":
        return "today" if last == day else f"in {(last - day).days:,} d"
    return f"by {day_text(last, day=day)}" if promise.kind == "solicitation" else ""


def window_text(first: date | None, last: date | None, precision: str | None = None, *, day: date) -> str:
    """`1 Jun`, `Sep 2026`, `Q3 FY26`, `FY27`; two days with a dash for any other span."""
    if last is None:
        return f"from {day_text(first, day=day)}" if first else ""
    if precision is None or (precision == "day" and first != last):  # a period from one day to another
        precision = precision_of(first, last)
    if precision == "day":
        return day_text(last, day=day)
    if precision == "month":
        return f"{last:%b %Y}"
    fiscal_year, quarter = dates.quarter_of(last)
    if precision == "quarter":
        return f"Q{quarter} FY{fiscal_year % 100:02}"
    if precision == "year":
        return f"FY{fiscal_year % 100:02}"
    return (
        f"{day_text(first, day=day)} – {day_text(last, day=day)}"
        if first
        else f"until {day_text(last, day=day)}"
    )


def span_text(kept: str | None, *, day: date) -> str:
    """The ledger's `2026-04-01/2026-06-30` or `2026-05-05` as people write it; other words as they are."""
    if kept is None:
        return "none published"
    first, slash, last = kept.partition("/")
    try:
        ends = (date.fromisoformat(first), date.fromisoformat(last if slash else first))
    except ValueError:
        return kept
    return window_text(*ends, day=day)


def day_text(moment: date | None, *, day: date) -> str:
    """`1 Jun`, with its year unless it is this one."""
    if moment is None:
        return ""
    return f"{moment.day} {moment:%b}" if moment.year == day.year else f"{moment.day} {moment:%b %Y}"


def value(least: Decimal | None, most: Decimal | None, basis: str | None, text: str | None) -> Shown:
    """`$2M–5M`, `$100M +`, `up to $250K`, `$524K / yr`."""
    if least is None and most is None:
        return lacking(text)
    return Shown(_band(least, most), hint=text or "", yearly=basis == "year")


def _band(least: Decimal | None, most: Decimal | None) -> str:
    if most is None:
        return f"{dollars(least or Decimal(0))} +"
    if not least:
        return f"up to {dollars(most)}"
    low, high = dollars(least), dollars(most)
    return low if low == high else f"{low}–{high[1:]}"


def amount_text(kept: str) -> str:
    """The ledger's `2000000.00/5000000.00` as people write it; other words as they are."""
    ends = amounts_in(kept)
    return _band(*ends) if ends else kept


def dollars(amount: Decimal) -> str:
    """Three digits that matter and a unit: `$524K`, `$1.25M`, `$2B`; what rounds up to the next unit is in it."""
    for size, unit in ((Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "K")):
        if amount >= size * Decimal("0.9995"):
            return f"${_three_digits(amount / size)}{unit}"
    return f"${_three_digits(amount)}"


def _three_digits(number: Decimal) -> str:
    places = 0 if number >= 100 else 1 if number >= 10 else 2
    text = f"{number:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def set_aside(code: str | None, text: str | None, basis: str = "forecast") -> Shown:
    """The short name; of a list of expiring contracts it is what the current contract was."""
    if code is None:
        return lacking(text)
    if code == "TBD":
        return Shown("TBD", lack="undecided", hint=text or "")
    name = SHORT_NAMES.get(code, code)
    return Shown(f"{name} (current contract)" if basis == "expiring_contract" else name, hint=text or "")


def moved(first: Promise, current: Promise, *, days: int | None, moves: int) -> str:
    """`+63 d · 2×`, `at least +30 d`, `date removed`; nothing for a promise that never moved."""
    if first.last and current.last is None:
        return "date removed"
    if not moves or days is None:
        return ""
    shift = f"{days:+,} d".replace("-", "−") if days else "±0 d"
    bound = "at least " if days and first.precision != current.precision else ""
    return f"{bound}{shift}" + (f" · {moves}×" if moves > 1 else "")


def shift(days: int | None, *, at_least: bool) -> str:
    """One move of the ledger."""
    if days is None:
        return ""
    return ("at least " if at_least else "") + (
        f"{days:+,} d".replace("-", "−") if days else "no later, no earlier"
    )


def lacking(text: str | None, *, absent: str = "not published") -> Shown:
    """Unknown is not no: undecided, unpublished and unread look different from each other."""
    if not text:
        return Shown(absent, lack="unpublished")
    folded = "".join(filter(str.isalnum, text.casefold()))
    if folded.startswith("tbd") or folded in TO_BE_DETERMINED:
        return Shown("TBD", lack="undecided", hint=text)
    if is_placeholder(text):
        return Shown(absent, lack="unpublished", hint=text)
    return Shown("not read", lack="unread", hint=text)


def promise_text(promise: Promise, *, day: date) -> str:
    """The window of one promise, or in which way there is none."""
    if promise.last is None:
        return lacking(promise.text, absent="none published").text
    return window_text(promise.first, promise.last, promise.precision, day=day)


def share(part: int, whole: int) -> str:
    """`99.6 %`; what is not all is never rounded to 100 %, and what is not nothing never to 0 %."""
    if part in (0, whole):
        return "100 %" if part else "0 %"
    return f"{min(max(100 * part / whole, 0.1), 99.9):.1f} %"
