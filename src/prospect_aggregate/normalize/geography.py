"""The states of the United States (USPS codes) and the countries of the world (ISO 3166-1 alpha-3)."""

import csv
from functools import cache
from importlib.resources import files

from prospect_aggregate.normalize.text import fold

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana",
    "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri",
    "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio",
    "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands", "FM": "Federated States of Micronesia", "MH": "Marshall Islands",
    "PW": "Palau",
}  # fmt: skip
OTHER_STATE_NAMES = {
    "washingtondc": "DC", "virginislands": "VI", "usvirginislands": "VI", "virginislandsoftheus": "VI",
    "commonwealthofthenorthernmarianaislands": "MP", "commonwealthofpuertorico": "PR", "micronesia": "FM",
    "republicofpalau": "PW", "republicofthemarshallislands": "MH",
}  # fmt: skip
TERRITORIES = {
    "AS": "ASM", "GU": "GUM", "MP": "MNP", "PR": "PRI", "VI": "VIR", "FM": "FSM", "MH": "MHL",
    "PW": "PLW",
}  # fmt: skip
"""Places that are a state to USPS and a country to ISO: Commerce writes AMERICAN SAMOA in either column."""
NOT_A_CITY = frozenset({
    "multiple", "mutiple", "multiplelocations", "multiplecities", "various", "variouslocations",
    "variousstates", "variouscities", "nationwide", "nationwideus", "worldwide", "international", "remote",
    "virtual", "conus", "oconus", "conusoconus", "none", "offsite", "statewide",
})  # fmt: skip
"""Words in a city's place which are none, folded: State writes `Mutiple`, Commerce REMOTE."""


@cache
def country_names() -> dict[str, str]:
    """Folded name → alpha-3 code; "Congo" and "Korea" alone name two countries and are left out."""
    text = files(__package__).joinpath("countries.csv").read_text(encoding="utf-8")
    return {fold(row["name"]): row["code"] for row in csv.DictReader(text.splitlines())}
