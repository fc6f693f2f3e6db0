"""Which heading becomes which field: on made-up lists, and on real editions without the source that reads them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.registry import ScraperRegistry
from prospect_aggregate.scrapers.scaffold.lexicon import Lexicon, words_of
from prospect_aggregate.scrapers.scaffold.opening import open_list
from prospect_aggregate.scrapers.scaffold.proposal import Proposal, propose
from tests.scaffold.lists import COLUMNS, ROWS, as_csv

REGISTRY = ScraperRegistry()
REGISTRY.discover(sources)
ALL = [entry.run for entry in REGISTRY if isinstance(entry.run, Scraper)]
LEXICON = Lexicon(ALL)


def proposed(
    folder: Path, headings: Sequence[str] = COLUMNS, rows: Sequence[tuple[Any, ...]] = ROWS
) -> Proposal:
    file = folder / "edition.csv"
    file.write_bytes(as_csv(headings, rows))
    return propose(open_list(file, LEXICON.headings), LEXICON)


def headings_of(proposal: Proposal) -> dict[str, tuple[str, ...]]:
    return {each.field: each.headings for each in proposal.fields}


def without(heading: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    at = COLUMNS.index(heading)
    return [it for it in COLUMNS if it != heading], [(*row[:at], *row[at + 1 :]) for row in ROWS]


def called(old: str, new: str) -> list[str]:
    return [new if heading == old else heading for heading in COLUMNS]


def test_headings_are_known_by_their_words(tmp_path: Path) -> None:
    read = headings_of(proposed(tmp_path))
    assert read["title"] == ("Project Name",)
    assert read["description"] == ("Requirement Description",)
    assert read["component"] == ("Bureau",)
    assert read["set_aside"] == ("Set-Aside",)


def test_columns_that_belong_together_become_one_field(tmp_path: Path) -> None:
    read = headings_of(proposed(tmp_path))
    assert read["solicitation"] == ("Solicitation Qtr", "Solicitation FY")
    assert read["place"] == ("Work City", "Work State")
    assert read["contacts"] == ("POC Name", "POC Email", "POC Phone")


def test_cells_tell_what_headings_do_not(tmp_path: Path) -> None:
    headings = called("NAICS", "Industry")
    read = {each.field: each for each in proposed(tmp_path, headings).fields}
    assert read["naics_codes"].headings == ("Industry",)
    assert read["naics_codes"].why == "by its cells: six digits of the classification"
    assert read["value"].headings == ("Estimated Ceiling",)


def test_cells_that_speak_against_a_heading_win(tmp_path: Path) -> None:
    read = headings_of(proposed(tmp_path, called("Funding Line", "Award Date")))
    assert read["award"] == ("Target Award Date",)


def test_a_row_is_known_by_the_agencys_number(tmp_path: Path) -> None:
    proposal = proposed(tmp_path)
    assert headings_of(proposal)["native_id"] == ("Forecast Number",)
    assert not proposal.repeats


def test_without_a_unique_column_a_row_is_known_by_its_words(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, *without("Forecast Number"))
    key = proposal.fields[0]
    assert (key.field, key.headings) == ("native_id", ("Project Name",))
    assert key.reading is not None
    assert key.reading.written == "composite"


def test_a_count_of_the_rows_is_no_number(tmp_path: Path) -> None:
    rows = [(number, *row[1:]) for number, row in enumerate(ROWS, 1)]
    assert headings_of(proposed(tmp_path, COLUMNS, rows))["native_id"] == ("Project Name",)


def test_numbers_on_most_rows_are_completed(tmp_path: Path) -> None:
    rows = [("", *ROWS[0][1:]), *ROWS[1:]]
    key = proposed(tmp_path, COLUMNS, rows).fields[0]
    assert key.headings == ("Forecast Number", "Project Name")
    assert key.reading is not None
    assert key.reading.written == "numbered"


def test_rows_that_share_a_number_are_said_to(tmp_path: Path) -> None:
    assert proposed(tmp_path, COLUMNS, [*ROWS, ROWS[0]]).repeats


@pytest.mark.parametrize(
    ("heading", "same"),
    [
        ("estimatedAwardDate", "Est. Award Date"),
        ("POC E-mail", "poc_email"),
        ("QtrSolOrNOFORelease", "Quarter, Solicitation or NOFO Release"),
    ],
)
def test_spellings_of_the_same_words(heading: str, same: str) -> None:
    assert words_of(heading) == words_of(same)


REAL = {
    "justice": ("doj/2026-03-09.xlsx", 0.90, 0.80),
    "hud": ("hud/2026-05-13.xlsx", 0.90, 0.80),
    "nasa": ("nasa/2026-05-13.xlsx", 0.85, 0.70),
    "energy": ("doe/2026-05-11.xlsx", 0.90, 0.80),
}
"""Edition, and the share of declared fields that is found knowing this source, and knowing the others alone."""


@pytest.mark.parametrize(("key", "edition", "known", "new"), [(key, *facts) for key, facts in REAL.items()])
def test_most_fields_of_a_real_edition_are_found(
    real: Path, key: str, edition: str, known: float, new: float
) -> None:
    assert found(real / edition, key, ALL) >= known
    assert found(real / edition, key, [scraper for scraper in ALL if scraper.key != key]) >= new


def found(edition: Path, key: str, scrapers: Sequence[Scraper]) -> float:
    """Of the fields that a source declares, the share that is proposed from the very same headings."""
    scraper = next(each for each in ALL if each.key == key)
    lexicon = Lexicon(scrapers)
    read = headings_of(propose(open_list(edition, lexicon.headings), lexicon))
    table, layout = scraper.read(edition.read_bytes())
    declared = layout.plan(table, source=key).origins
    same = [
        field for field, headings in declared.items() if _folded(read.get(field, ())) == _folded(headings)
    ]
    return len(same) / len(declared)


def _folded(headings: Sequence[str]) -> set[str]:
    return set(map(fold, headings))
