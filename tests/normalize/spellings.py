"""Cells for properties: spellings that agencies really use, texts that come near them, and any cell at all."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from prospect_aggregate.normalize.text import Cell

VALUES = (
    "$250K to $500K", "> $250K to < or = $750K", ">  $100M", "> $25K and < $250K", ">= $15K and < $350K",
    ">$1M and <$5M", "> $7.5M - < $50M", "R1 – $25K–$250K", "R6 – $100M+", "0K to 250K", "251K to 500k",
    "$1,000,001  -  $2,000,000", "$50,000,000 -$70,000,000", "$2 million to $5 million", "$75 000 to $100 000",
    "$150 million or more", "$5.1 - $10M", "Below $150K", "Over $100M", "Over $1B", "$100M+", "< $15K",
    "< or = $10K", "523932.39", "$523,932.39", "$500M - $999M", "3", "TBD", "Various",
)  # fmt: skip
DAYS = (
    "05/12/2026", "5/2/26", "2026-05-12", "2025-03-04T20:10:18.000Z", "2026-05-12 22:22:47.454-04", "05-JUL-2029",
    "24 Jun 2026", "May 12, 2026", "05/12/2026 12:00 AM", "2/30/2026", "03/31/3032",
)  # fmt: skip
MONTHS = ("3/2033", "2026-02", "February, 2026", "Feb. 2026", "August", "Aug", "8", "12", "Jun-26")
QUARTERS = (
    "Q4 2026", "Q2, 2026", "FY 2025 Q4", "1st QTR", "1st", "4th (July 1 - September 30)", "2d Qtr FY26",
    "3rd (January 1 - March 31)", "2026-Q2", "2026 Q3", "1st Quarter", "Quarter 1", "1st Quarter FY 24", "Q1",
    "Q3/Q4 2026", "third quarter of fiscal year 2026", "2",
)  # fmt: skip
YEARS = ("FY26", "FY 24", "2026", "2026.0", "Fiscal Year 2026", "FY26/27", "26", "1905", "2151")
NAICS = (
    "541519", "237310.0", "541519 - Other Computer Related Services", "541519--Text", "541519-Text",
    "541519 | Text", "621399 : Text", "541330: Engineering Services", "541512/541519", "541611999", "511210",
    "561499, 561990", '<div class="field--name-name">541519</div>', "$541,519", "541300", "To be determined",
)  # fmt: skip
PSC = ("7A21-IT AND TELECOM", "R499---SUPPORT- PROFESSIONAL: OTHER", "R408: Support", "DA01/DA10", "Y1", "R", "66",
       "7---IT AND TELECOM", "R499, D302", "TBD - TBD", "25 laptops")  # fmt: skip
SET_ASIDES = (
    "SB", "Set-Aside - Total Small Business", "Small business-Total", "Small Business Set Aside - Total", "8(a)",
    "SBA Small Business Set Aside - Total", "TOTAL SB", "Set-Aside Small Business - Partial", "COMPETITIVE 8(A)",
    "8(a) Sole Source", "HUBZone Set-Aside", "HUBZone Sole Source", "SDVOSB Competitive", "WOMAN-OWNED SB",
    "Service-Disabled Veteran-Owned Small Business Sole Source", "Women Owned Small Business Sole Source", "EDWOSB",
    "Economically Disadvantaged Women-Owned Small Business", "None", "No set aside used.", "No SetAside",
    "Full and Open/Unrestricted", "Other Than Small Business", "AbilityOne", "Other", "TBD", "[TBD]", "N/A",
    "not a small business set-aside", "8(a) or HUBZone", "Sole Source",
)  # fmt: skip
COMPETITIONS = (
    "Full and Open", "Full_and_Open", "Full and Open Competition Non-setaside (see FAR 6.1)", "Sole-Source",
    "Full and Open Competition with Set-aside After Exclusion of Sources (see FAR 6.2)", "Limited Sources",
    "Competed under SAP", "Not Competed", "Not Available for Competition", "Competed", "No set aside used",
)  # fmt: skip
PRICINGS = ("Firm-Fixed-Price", "Fixed-Price (see FAR 16.2)", "Time-and-Material", "T&M", "Cost Plus Fixed Fee",
            "Labor Hour (see FAR 16.602)", "Delivery / Task Order", "Combination", "Other")  # fmt: skip
VEHICLES = ("GSA Schedule", "NASA SEWP V", "OASIS+", "OASIS (GSA)", "8(a) STARS III", "NITAAC CIO-SP3 SB", "GWAC",
            "VETERAN TECHNOLOGY SERVICES II (VETS II) (GSA)", "SEWP or GSA Schedule")  # fmt: skip
REQUIREMENTS = ("New Requirement, No Contract", "Re-compete Award", "REC", "Exercise of Option", "Bridge")
PHASES = ("Acquisition Planning", "Market Research ", "Draft Solicitation", "Solicitation Issued", "Awarded", "NLR",
          "Cancelled", "Canceled", "Withdrawn", "Option Ended-Closed Out", "With OCPO", "N/A")  # fmt: skip
AWARD_NUMBERS = (
    "70B06C23F00000577", "ST1330-18-CQ-0073", "NNG15SC82B / 89503425FWA401728", "N00178-21-D-9160/N0001424F3000",
    "19AQMM21A0165 19AQMM21A0167, 19AQMM21A0166", "DE-SC0014664", "GS-00F-013DA; ORDER #86615722F00004",
    "86615623C00015 & 86615623C00016", "Contract Number:  19AQMM21D0050 Order Number:  19AQMM23F2045",
    "New task order 19AQMM26F0027", "521729765", "MC59TD7UK9G8", "Multiple #s",
)  # fmt: skip
STATE_CELLS = ("VA", "MARYLAND", "D.C.", "U.S. VIRGIN ISLANDS.", "North Carolina", "NA", "Nationwide US", "Colombia",
               "Washington DC", "Georgia", "Virgin", "West Virginia", "To be determined")  # fmt: skip
COUNTRIES = ("UNITED STATES", "USA", "US ", "United States of America", "Colombia", "El Salvador ", "Guinea", "CA",
             "Congo", "Georgia", "GEO", "Worldwide / United States", "AMERICAN SAMOA")  # fmt: skip
PLACES = (
    "Washington, DC", "New York, NY", "Washington, DC 20548", "VA, United States", ", Germany", "Berlin, Germany",
    "ISABELLA , MN United States", "Atlanta, Georgia, United States", "Tbilisi, Georgia", "[Nationwide]", "Multiple",
    "AL United States , AK United States", "Reston, VA and Denver, CO", "Region 02", "Springfield", "Bayreuth, Germany",
    "Washington D.C.", "Cannot be disclosed",
)  # fmt: skip
TEXTS = (
    "  Market Research ", "R&amp;D &lt;5", "&#160;", "*F2023061355", "30002.0", "call me",
    "<p>One &amp; two.</p><p>Three<br/>four.</p>",
    "value < $5M and > $1M", "One.\r\n\r\nTwo.", "Cloud hosting for the U.S. Mint. Five years.", "TBD - TASK ORDER",
    "FY26 NYA", "N/A", "None", "Multiple #s", "Support by Acme Inc. and others", "Ada", "https://sam.gov/?a=1&region=2",
    "official23730@hq.doe.gov; official55946@netl.doe.gov", "(202) 555-0896 ext. 1234", "a@b.gov.",
)  # fmt: skip

_SCRAPS = st.sampled_from([*"0123456789 .,;:/-–()[]$<>&#%'\"abcdKMBQFYtSTXo", "  ", "\n", "\r\n", "\t", "\xa0",
                           "\u200b", "\ufeff", "\x00", "٣", "４", "²", "½", "ß", "ſ", "K", "İ", "é", "&amp;",
                           "&nbsp;", "<br>", " and ", " or ", " to "])  # fmt: skip
_EDITS = st.sampled_from(["insert", "cut", "drop", "replace", "swap", "double", "upper", "lower"])


def _edited(text: str, edits: Sequence[tuple[str, int, str]]) -> str:
    for kind, place, scrap in edits:
        at = place % (len(text) + 1)
        before, after = text[:at], text[at:]
        text = {
            "insert": before + scrap + after,
            "cut": before,
            "drop": before + after[1:],
            "replace": before + scrap + after[1:],
            "swap": before + after[1:2] + after[:1] + after[2:],
            "double": text + scrap + text,
            "upper": text.upper(),
            "lower": text.lower(),
        }[kind]
    return text


def near(*spellings: str) -> st.SearchStrategy[str]:
    """One of these spellings, as somebody might mistype it: nothing to three edits, or two spellings in one cell."""
    edits = st.lists(st.tuples(_EDITS, st.integers(0, 80), _SCRAPS), max_size=3)
    one = st.builds(_edited, st.sampled_from(spellings), edits)
    return one | st.lists(one, min_size=2, max_size=2).map(" ".join)


SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 10**9),
    st.floats(),
    st.floats(0, 10**9),
    st.dates(),
    st.datetimes(),
)
TEXT = st.text(max_size=60)
EDGES: tuple[Cell, ...] = (
    10**25,
    -(10**25),
    2**63,
    -0.0,
    1e308,
    5e-324,
    float("nan"),
    float("inf"),
    "\x00",
    "\ud800",
)


def cells(*spellings: str) -> st.SearchStrategy[Any]:
    """Any cell that a reader may meet, texts near these spellings most often."""
    return near(*spellings) | near(*spellings) | TEXT | SCALARS | st.sampled_from(EDGES)
