"""Profiles and prospects, made up so that every rule of a fit is met by some."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from prospect_aggregate.prospects.fit import COLUMNS
from prospect_aggregate.prospects.fit_rules import HELD_BY
from prospect_aggregate.prospects.profile import CLEARANCES, ELIGIBILITIES, Profile

NAICS = ("541511", "541512", "541519", "541611", "236220", "5415", "54")
PSC = ("D399", "R425", "R", "66", "7A21")
WORDS = ("Data", "cyber security", "AI", "C++", "é", "50%", "a_b", "nation")
NAMES = ("CBP", "Homeland Security", "dhs", "NOAA")
VEHICLES = ("GSA Schedule", "NASA SEWP", "OASIS+", "IDIQ", "Open Market", "[TBD]")
COMPETITIONS = ("full_and_open", "set_aside", "sole_source", "limited", "competed", "not_competed")
PLACES = ("Arlington, VA", "Nationwide US", "REMOTE, NA", "Bogota, Colombia", "[TBD]", "Multinational")
CLEARED = (
    "Secret",
    "Top Secret",
    "facility Secret, personnel Top Secret",
    "TS/SCI",
    "None",
    "Other",
    "NACI/Confidential",
)
AMOUNTS = tuple(map(Decimal, ("0.00", "250000.00", "1000000.00", "5000000.00", "99999999999.99")))
PHASES = ("planning", "drafting", "solicitation", "awarded", "cancelled", "closed")
TEXTS = (
    "Data entry",
    "big DATA.",
    "database",
    "Cyber\n security",
    "aid",
    "(AI)",
    "C++ and é",
    "É",
    "50% a_b",
    "",
)


def _some(values: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


def _one(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, *values))


def _band(low: Decimal | None, high: Decimal | None) -> dict[str, Decimal | None]:
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    return {"value_min": low, "value_max": high}


bands = st.builds(_band, _one(*AMOUNTS), _one(*AMOUNTS))
profiles = st.builds(
    lambda band, **facts: Profile(**band, **facts),
    bands,
    naics=_some(NAICS), small_under=_some(NAICS), psc=_some(PSC), keywords=_some(WORDS), agencies=_some(NAMES),
    eligibilities=_some(tuple(ELIGIBILITIES)), vehicles=_some(VEHICLES), states=_some(("VA", "MD")),
    anywhere=st.booleans(), clearance=_one(*CLEARANCES), own_names=_some(("Example Corp", "Acme")),
    exclusions=_some(WORDS, 1), avoided=_some(NAMES, 1),
)  # fmt: skip
texts = st.one_of(st.none(), st.sampled_from(TEXTS), st.text("aAiIdDtT é+%_.\n", max_size=8))
codes = st.lists(st.sampled_from(NAICS[:5]), max_size=2, unique=True)
values = st.builds(
    lambda band, **facts: dict.fromkeys(COLUMNS) | band | facts,
    bands,
    title=texts, description=texts, agency=_one("Department of Homeland Security"), component=_one("CBP", "cbp air"),
    office=_one("NOAA"), naics_codes=codes, psc_codes=st.lists(st.sampled_from(PSC), max_size=2, unique=True),
    set_aside=_one(*HELD_BY, "NONE", "TBD", "OTHER", "SBP", "ISBEE"), set_aside_text=_one("Total SB"),
    competition=_one(*COMPETITIONS), contract_vehicle=_one(*VEHICLES[:3]), contract_vehicle_text=_one(*VEHICLES),
    value_basis=_one("total", "year"), place_state=_one("VA", "MD", "TX"), place_country=_one("USA", "COL"),
    place_text=_one(*PLACES), place_city=_one("Arlington", "remote"),
    incumbent_name=_one("Acme", "ACME, Inc.", "Acmeist"), clearance=_one(*CLEARED), phase=_one(*PHASES),
    state=st.sampled_from(("listed", "missing", "expired", "withdrawn")),
    basis=st.sampled_from(("forecast", "forecast", "expiring_contract")),
    source__name=st.just("Listing"), source__agency=st.just("Department of Examples"), source__key=st.just("listing"),
)  # fmt: skip


def a_prospect(**facts: Any) -> dict[str, Any]:
    """Listed, of no particular kind."""
    usual = {"naics_codes": [], "psc_codes": [], "state": "listed", "basis": "forecast", "title": "Help desk",
             "source__name": "Listing", "source__agency": "Department of Examples",
             "source__key": "listing"}  # fmt: skip
    return {**dict.fromkeys(COLUMNS), **usual, **facts}
