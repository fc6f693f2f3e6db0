"""The same search in plain Python, written from what the filters promise and not from how the database is asked."""

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from prospect_aggregate.prospects.filters import UNKNOWABLE, Filters
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.query import All, Named, Node, Not, Words, parse
from prospect_aggregate.prospects.query import Any as AnyOf

OVER = {"awarded", "cancelled", "withdrawn_by_agency", "no_longer_required", "option_exercise", "closed"}
TEXTS = ("title", "description", "incumbent_name", "office", "component", "native_id", "solicitation_number")
BANDS = ("-250K", "250K-1M", "1M-5M", "5M-10M", "10M-50M", "50M-")
ROOFS = (250_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000)
CODES = {"set_aside": "set_aside", "competition": "competition", "phase": "phase", "state": "state"}
NAMES = {"component": ["component"], "office": ["office"], "requirement_type": ["requirement_type"],
         "incumbent": ["incumbent_name"], "vehicle": ["contract_vehicle", "contract_vehicle_text"]}  # fmt: skip


def last_day(it: Prospect) -> date | None:
    return it.solicitation_to or it.award_to or it.incumbent_ends_to


def shelf(it: Prospect, day: date) -> str:
    last = last_day(it)
    if it.phase in OVER:
        return "closed"
    if it.state in ("expired", "withdrawn"):
        return "left"
    if it.phase in ("solicitation", "evaluation"):
        return "under_way"
    if last is None:
        return "undated"
    return "upcoming" if last >= day else "passed" if last >= day - timedelta(days=180) else "dormant"


def band(it: Prospect) -> str | None:
    if it.value_min is None and it.value_max is None:
        return None
    if it.value_basis == "year":
        return "yearly"
    if it.value_min is not None:
        return next((name for name, roof in zip(BANDS, ROOFS, strict=False) if it.value_min < roof), "50M-")
    assert it.value_max is not None
    return next((name for name, roof in zip(BANDS, ROOFS, strict=False) if it.value_max <= roof), "50M-")


def quarter(it: Prospect) -> str | None:
    last = last_day(it)
    precision = (
        it.solicitation_precision if it.solicitation_to else it.award_precision if it.award_to else None
    )
    if last is None or precision == "year":
        return None
    year = last.year + (last.month >= 10)
    return f"FY{year % 100:02}Q{(last.month + 2) // 3 % 4 + 1}"


def agency(it: Prospect) -> str:
    return it.agency if it.agency is not None else it.source.agency


def value_of(it: Prospect, name: str) -> Any:
    """What a facet counts the prospect under; None is unknown."""
    columns = {"naics": "naics_code", "psc": "psc_code", "place": "place_state"}
    made = {"band": band, "quarter": quarter, "agency": agency, "source": lambda it: it.source.key}
    return made[name](it) if name in made else getattr(it, columns.get(name, name))


def fits_one(it: Prospect, name: str, value: str) -> bool:
    """One value of one filter, which says nothing of unknown ones."""
    if name in ("naics", "psc"):
        return (value_of(it, name) or "").upper().startswith(value.upper())
    if name == "quarter":
        return quarter(it) == value.replace("FY20", "FY")
    if name in ("source", "place", "band", *CODES):
        return str(value_of(it, name) or "") == value
    found = [agency(it)] if name == "agency" else [getattr(it, column) for column in NAMES[name]]
    if value.startswith('"'):
        return value[1:-1] in found
    return any(value.lower() in text.lower() for text in found if text)


def is_unknown(it: Prospect, name: str) -> bool:
    no_value = it.value_min is None and it.value_max is None
    special = {
        "vehicle": it.contract_vehicle is None and it.contract_vehicle_text is None,
        "incumbent": it.incumbent_name is None,
        "min_value": no_value,
        "max_value": no_value or it.value_basis == "year",
        "solicitation_from": it.solicitation_to is None,
        "solicitation_to": it.solicitation_from is None,
    }
    return special[name] if name in special else value_of(it, name) is None


def fits_bound(it: Prospect, name: str, bound: Any) -> bool:
    if name == "min_value":
        return it.value_max >= bound if it.value_max is not None else it.value_min is not None
    if name == "max_value":
        known = it.value_min is not None or it.value_max is not None
        return known and it.value_basis != "year" and (it.value_min is None or it.value_min <= bound)
    if name == "solicitation_from":
        return it.solicitation_to is not None and it.solicitation_to >= bound
    return it.solicitation_from is not None and it.solicitation_from <= bound


read = lru_cache(parse)


@cache
def folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(it for it in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(it))
    return re.findall(r"[^\W_]+", plain)


def holds(it: Prospect, node: Node) -> bool:
    if isinstance(node, All):
        return all(holds(it, each) for each in node.nodes)
    if isinstance(node, AnyOf):
        return any(holds(it, each) for each in node.nodes)
    if isinstance(node, Not):
        return not holds(it, node.one)
    if isinstance(node, Named):
        return fits_one(it, node.name, node.value)
    return any(stands_in(folded(getattr(it, name) or ""), node) for name in TEXTS)


def stands_in(words: list[str], asked: Words) -> bool:
    *whole, last = asked.tokens
    size = len(asked.tokens)
    for at in range(len(words) - size + 1):
        here = words[at : at + size]
        if here[:-1] == whole and (here[-1].startswith(last) if asked.begins else here[-1] == last):
            return True
    return False


def fits(it: Prospect, asked: Filters, name: str, day: date) -> bool:
    value = getattr(asked, name)
    if name == "text":
        return holds(it, read(value))
    if name == "outlook":
        return shelf(it, day) in value
    if name == "overdue":
        open_phase = it.phase not in OVER | {"solicitation", "evaluation"}
        return (
            it.state == "listed"
            and open_phase
            and it.solicitation_to is not None
            and it.solicitation_to < day
        )
    lets_unknown = name in UNKNOWABLE and (asked.include_unknown or name in asked.unknown)
    if lets_unknown and is_unknown(it, name):
        return True
    if isinstance(value, tuple):
        return any(fits_one(it, name, each) for each in value)
    return fits_bound(it, name, value)


def found(every: list[Prospect], asked: Filters, day: date) -> list[Prospect]:
    return [it for it in every if all(fits(it, asked, name, day) for name in asked.asked)]


def counted(every: list[Prospect], name: str, steps: tuple[int, ...] = ()) -> tuple[Counter[str], int]:
    """Value → count, on a ladder at each step; and how many are unknown."""
    values = [value_of(it, name) for it in every]
    known = [value for value in values if value is not None]
    spread = [{value[:step] for step in steps} if steps else {value} for value in known]
    return Counter(each for one in spread for each in one), len(values) - len(known)
