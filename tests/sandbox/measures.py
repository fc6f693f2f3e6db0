"""What is measured on an edition, real or made, so that the two can be set side by side."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

Row = dict[str, object]
Shares = dict[str, float]

REAL = Path(__file__).parents[2].parent / "shared" / "data"
DORMANT_AFTER = timedelta(days=180)


def share(rows: Iterable[Row], holds: Callable[[Row], bool]) -> float:
    marks = [holds(row) for row in rows]
    return sum(marks) / len(marks)


def fill_rates(rows: list[Row]) -> Shares:
    return {heading: sum(row[heading] not in (None, "") for row in rows) / len(rows) for heading in rows[0]}


def vocabulary(rows: list[Row], heading: str) -> Shares:
    """The share of each value, a number being the same as an int or a float, and nothing as an empty text."""
    counts = Counter(_plain(row[heading]) for row in rows)
    return {f"{heading} = {value}": count / len(rows) for value, count in counts.items()}


def vocabularies(rows: list[Row], headings: Iterable[str]) -> Shares:
    return {name: value for heading in headings for name, value in vocabulary(rows, heading).items()}


def _plain(cell: object) -> str:
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return f"{float(str(cell)):g}" if number else "" if cell is None else str(cell)


def day(text: object) -> date:
    style = "%m/%d/%Y" if len(str(text)) == 10 else "%m/%d/%y"
    return datetime.strptime(str(text), style).date()  # noqa: DTZ007


def dhs_outlook(rows: list[Row], today: date) -> Shares:
    release = "estimated_solicitation_release_date"
    return {
        "solicitation passed": share(rows, lambda row: day(row[release]) < today),
        "solicitation passed over 180 days": share(
            rows, lambda row: day(row[release]) < today - DORMANT_AFTER
        ),
        "award passed": share(rows, lambda row: day(row["anticipated_award_date"]) < today),
        "closed": share(rows, lambda row: row["contract_status"] == "NLR"),
        "starred": share(rows, lambda row: str(row["apfs_number"]).startswith("*")),
        "short year": share(rows, lambda row: len(str(row[release])) == 8),
        "naics with a blank at its end": share(rows, lambda row: str(row["naics"]).endswith(" ")),
        "on the 1st or 15th": share(rows, lambda row: day(row[release]).day in {1, 15}),
    }


def commerce_outlook(rows: list[Row], today: date) -> Shares:
    ends = [_quarter_end(row) for row in rows]
    return {
        "upcoming": sum(end >= today for end in ends) / len(ends),
        "passed": sum(today - DORMANT_AFTER <= end < today for end in ends) / len(ends),
        "dormant": sum(end < today - DORMANT_AFTER for end in ends) / len(ends),
        "incumbent cut at 20": share(rows, lambda row: len(str(row["Incumbent Contractor Name"])) == 20),
        "junk years": share(rows, lambda row: isinstance(row["Years"], str) or float(str(row["Years"])) > 10),
        "description repeats title": share(rows, lambda row: str(row["Title"]).strip() == row["Description"]),
    }


def _quarter_end(row: Row) -> date:
    year = int(float(str(row["Estimated Solicitation Fiscal Year"])))
    number = int(str(row["Estimated Solicitation Fiscal Quarter"])[0])
    months = (year - 1) * 12 + 9 + number * 3
    return date(months // 12, months % 12 + 1, 1) - timedelta(days=1)


def moves(editions: list[list[Row]]) -> Shares:
    """Per edition, of the rows that two following DHS editions share."""
    pairs = list(pairwise([_keyed(rows) for rows in editions]))
    return {name: sum(of(old, new) for old, new in pairs) / len(pairs) for name, of in _MOVES.items()}


def shifts(editions: list[list[Row]]) -> Counter[str]:
    """How often a solicitation date moved later, and how often earlier."""
    release = "estimated_solicitation_release_date"
    counts: Counter[str] = Counter()
    for old, new in pairwise([_keyed(rows) for rows in editions]):
        for key in old.keys() & new.keys():
            before, after = day(old[key][release]), day(new[key][release])
            counts.update(["later"] * (after > before) + ["earlier"] * (after < before))
    return counts


def returned(editions: list[list[Row]]) -> int:
    """How often a row is back that had been away."""
    seen: set[str] = set()
    count = 0
    for before, now in pairwise([_keyed(rows).keys() for rows in editions]):
        seen |= before
        count += len((now & seen) - before)
    return count


def survivors(editions: list[list[Row]]) -> float:
    first, last = _keyed(editions[0]).keys(), _keyed(editions[-1]).keys()
    return len(first & last) / len(first)


def _keyed(rows: list[Row]) -> dict[str, Row]:
    return {str(row["apfs_number"]).lstrip("*"): row for row in rows}


def _changed(*headings: str) -> Callable[[dict[str, Row], dict[str, Row]], float]:
    def of(old: dict[str, Row], new: dict[str, Row]) -> float:
        common = old.keys() & new.keys()
        return sum(any(old[key][h] != new[key][h] for h in headings) for key in common) / len(common)

    return of


_MOVES: dict[str, Callable[[dict[str, Row], dict[str, Row]], float]] = {
    "leave": lambda old, new: len(old.keys() - new.keys()) / len(old),
    "arrive": lambda old, new: len(new.keys() - old.keys()) / len(old),
    "solicitation moves": _changed("estimated_solicitation_release_date"),
    "award moves": _changed("anticipated_award_date"),
    "star flips": _changed("apfs_number"),
    "value moves": _changed("dollar_range"),
    "set-aside moves": _changed("small_business_program", "small_business_set_aside"),
    "vehicle moves": _changed("contract_vehicle"),
    "updated": _changed("last_updated_date"),
}
