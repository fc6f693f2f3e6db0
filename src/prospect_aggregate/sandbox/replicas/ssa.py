"""Social Security: a workbook under a name that changes, as others recorded it of July 2025 and June 2026.

No file was at hand; 94 and 125 rows were told of. The headings stand in row 5 until 2025 and in row 4 since, and
again over two bands that are printed empty. What is known of the current contract fills 20 of 94 rows, all of them
replacements. The page links last year's list too, and in its menu one whose name has a later date than the newest.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import chain
from typing import BinaryIO, ClassVar

from prospect_aggregate.sandbox import words
from prospect_aggregate.sandbox.books import fill, open_book
from prospect_aggregate.sandbox.calendar import american, fiscal_quarter
from prospect_aggregate.sandbox.chance import Mix, Spread, texts, tuples
from prospect_aggregate.sandbox.listing import Cell, Listing
from prospect_aggregate.sandbox.lives import AWARD, Habits, Standing
from prospect_aggregate.sandbox.replica import Asked, Replica, Reply
from prospect_aggregate.sandbox.steady import even, steadily
from prospect_aggregate.sandbox.trades import TRADES

DOCUMENTS = "/osdbu/assets/docs"
BANDS = (35, 51)  # columns in which the headings stand again: 66 in all
OLD_LAYOUT = date(2026, 1, 1)  # before, there is one line more above the headings
A_YEAR = timedelta(days=365)
KNOWN = Mix({True: 20, False: 74})

SITES = tuples("""
    40 DITSM | DCS-{year}-{number:03d}D0; 22 DERC | RCF-{year}-{number:05d}-02; 30 DCHO | OHO-{year}-HQ{number:04d};
    18 DPC | ORDES-{year}-{number:05d}; 15 DOC | OAG-{year}-{number:05d}
""")
"""The divisions, each with the form of its numbers; how often each occurs is not known."""
COSTS = Spread({0: 9_000, 0.25: 90_000, 0.5: 400_000, 0.75: 1_800_000, 0.95: 12_000_000, 1: 90_000_000})
COST_KINDS = Mix({"number": 95, "Various": 5})
INSTRUMENTS = texts("""
    12 Delivery / Task Order; 5 Contract - Firm-fixed-price; 2 Purchase Order; 1 Blanket Purchase Agreement
""")
COMPETITIONS = texts("""
    9 an unrestricted competition; 7 a total small business set-aside; 4 8(a) sole source
""")
PLACES = texts("8 Region 02; 9 Headquarters; 3 Baltimore, MD")
NAICS = texts("5 541512; 4 541611; 3 541519; 2 541611999; 2 561210; 1 221122; 1 541930; 1 541990; 1 518210")
TO_AWARD = Spread({0: -30, 0.15: 0, 1: 60})  # from leaving the list
ENDS = Spread({0: -20, 0.8: 0, 1: 90})  # of the current contract, from the new award


def write(listing: Listing, stream: BinaryIO, day: date) -> None:
    book = open_book(stream, day)
    sheet = book.add_worksheet(listing.sheet)
    lines = [(line,) for line in listing.preamble]
    banded: list[Cell] = [*listing.headings, *[None] * (BANDS[0] - len(listing.headings))]
    for band in BANDS:
        banded = [*banded, *[None] * (band - len(banded)), *listing.headings]
    fill(sheet, chain(lines, [banded], listing.rows))
    book.close()


class SocialSecurity(Replica):
    key = "ssa"
    host = "www.ssa.gov"
    path = f"{DOCUMENTS}/SBF_SSASy_Report.xlsm"
    """Without a date it is the newest list; no page links to it."""
    page = "/osdbu/contract-forecast-intro.html"
    extension = "xlsm"
    media_type = "application/vnd.ms-excel.sheet.macroEnabled.12"
    write = staticmethod(write)
    renamed = ("EST COST PER FY", "ESTIMATED COST")
    habits: ClassVar = Habits(
        births=0.625,
        stay=Spread({0: 200, 1: 200}),  # not known
        revisions=0.004,
        facets={AWARD: 0.6, "cost": 0.4},
    )
    headings = (
        "SITE Type", "APP #", "REQUIREMENT TYPE", "DESCRIPTION", "EST COST PER FY", "PLANNED AWARD DATE",
        "EXISTING AWD #", "CONTRACT TYPE", "INCUMBENT VENDOR", "NAICS", "NAICS DESCRIPTION", "TYPE OF COMPETITION",
        "NET VIEW TOTAL OBLIGATED AMT", "PLACE OF PERFORMANCE", "ULTIMATE COMPLETION DATE",
    )  # fmt: skip

    def listing(self, seed: int, day: date, scale: float) -> Listing:
        top = ("SSA CONTRACT FORECAST", f"Fiscal Year {_year(day)}", "", *[""] * (day < OLD_LAYOUT))
        return Listing(self.headings, self._rows(seed, day, scale), top, self.sheet)

    def _rows(self, seed: int, day: date, scale: float) -> Iterator[tuple[Cell, ...]]:
        for standing in steadily(seed, self.key, self.habits, day, scale):
            row = self.row(standing)
            yield tuple(row[heading] for heading in self.headings)

    def answer(self, asked: Asked, content: Callable[[], bytes]) -> Reply:
        """Older lists are there too, for a reader that follows the wrong link."""
        if asked.path in {self.path, named(asked.day)}:
            return Reply(200, content(), self.media_type)
        if asked.path in {_in_menu(asked.day), named(asked.day - A_YEAR)}:
            return Reply(200, self._outdated(asked.day), self.media_type)
        if asked.path == self.page:
            return Reply(200, _page(asked.day).encode())
        return super().answer(asked, content)

    def _outdated(self, day: date) -> bytes:
        stream = BytesIO()
        write(self.listing(1, day - A_YEAR, 1), stream, day - A_YEAR)
        return stream.getvalue()

    def row(self, standing: Standing) -> dict[str, Cell]:
        return {**_subject(standing), **_costs(standing), **_current(standing)}


def named(day: date) -> str:
    return f"{DOCUMENTS}/SBF_SSASy_Report_{day:%m%d%Y}.xlsm"


def _in_menu(day: date) -> str:
    """A file of this year under a date that is mostly still to come."""
    return named(date(day.year, 12, 11))


def _year(day: date) -> int:
    return fiscal_quarter(day).year


def _page(day: date) -> str:
    this, last = f"FY{_year(day) % 100:02d}", f"FY{_year(day) % 100 - 1:02d}"
    return f"""<!DOCTYPE html><html><head><title>Contract Forecast | OSDBU | SSA</title></head><body>
<h1>Office of Small and Disadvantaged Business Utilization</h1>
<h2>Main Menu</h2><ul><li><a href="{_in_menu(day)}">{this} Contract Forecast</a></li>
<li><a href="{DOCUMENTS}/2022-forecast.pdf">2022 Forecast (PDF)</a></li>
<li><a href="{DOCUMENTS}/forecast-2023.csv">2023 Forecast (CSV)</a></li></ul>
<h2>Contracting Forecast</h2><ul>
<li><a href="{named(day - A_YEAR)}">{last} SSA Contracting Forecast</a></li>
<li><a href="{named(day)}">{this} SSA Contracting Forecast</a></li></ul></body></html>"""


def _subject(row: Standing) -> dict[str, Cell]:
    site, form = even(row, "site", SITES)
    trade = row.draw(lambda chance: chance.choice(list(TRADES.values())))
    title = row.draw(lambda chance: words.title(trade, chance))
    note = row.draw(Mix({"": 60, "\n Option year": 20, "\n R{number} 316D0": 20}).pick)
    born = date.fromordinal(row.born)
    return {
        "SITE Type": site,
        "APP #": form.format(year=f"{_year(born) % 100:02d}", number=row.serial % 100_000),
        "DESCRIPTION": f"{title}{note.format(number=row.serial)}",
    }


def _costs(row: Standing) -> dict[str, Cell]:
    """A day's award is planned for about the time at which the row leaves, and put off now and then."""
    cost = row.draw(lambda chance: round(COSTS.draw(chance), 2), "cost")
    award = row.award + row.draw(TO_AWARD.days) + row.slipped(AWARD)
    return {
        "EST COST PER FY": cost if even(row, "cost kind", COST_KINDS) == "number" else "Various",
        "PLANNED AWARD DATE": american(date.fromordinal(award)),
    }


def _current(row: Standing) -> dict[str, Cell]:
    """The contract that is replaced, where the list tells of it."""
    naics, firm = even(row, "naics", NAICS), row.draw(words.firm).upper()
    trade = TRADES.get(naics[:6])
    ends = date.fromordinal(row.award + row.draw(ENDS.days))
    told: dict[str, Cell] = {
        "EXISTING AWD #": row.draw(lambda chance: words.contract_number("283213", chance)),
        "CONTRACT TYPE": even(row, "instrument", INSTRUMENTS),
        "INCUMBENT VENDOR": firm,
        "NAICS": float(naics),
        "NAICS DESCRIPTION": trade.text if trade else "Electric Power Distribution",
        "TYPE OF COMPETITION": even(row, "competition", COMPETITIONS),
        "NET VIEW TOTAL OBLIGATED AMT": row.draw(lambda chance: round(COSTS.draw(chance) * 3, 2)),
        "PLACE OF PERFORMANCE": even(row, "place", PLACES),
        "ULTIMATE COMPLETION DATE": american(ends),
    }
    known = even(row, "known", KNOWN)
    kind = "REPLACE AN EXISTING CONTRACT" if known else "A NEW REQUIREMENT"
    return {"REQUIREMENT TYPE": kind, **(told if known else dict.fromkeys(told, None))}
