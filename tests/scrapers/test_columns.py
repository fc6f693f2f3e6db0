"""How a declaration becomes columns: short where the field's own reading does, longer where it does not."""

from dataclasses import fields
from datetime import date

import orjson
import pytest

from prospect_aggregate.normalize import dates, money
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Row, column
from prospect_aggregate.scrapers.draft import Contact, ProspectDraft
from prospect_aggregate.scrapers.errors import LayoutChangedError
from prospect_aggregate.scrapers.fields import READ
from prospect_aggregate.scrapers.kinds import Kind
from prospect_aggregate.scrapers.links import Linked
from tests.given import published

SAID_BY_THE_SOURCE = {"basis", "title_derived", "raw", "origins"}


class Short(Scraper):
    """A list whose columns are read as their fields are read anywhere."""

    name = "Short"
    agency = "Department of Examples"
    url = "https://list.example.gov/short"
    kind = Kind.JSON
    basis = "expiring_contract"
    columns = {
        "native_id": "No.",
        "title": "Name",
        "value": column("Cost per Year", read=money.yearly),
        "solicitation": ("Quarter", "Year"),
        "place": ("City", "State"),
        "contacts": ("Person", "Reach"),
    }
    optional = {"award": "Award", "performance": column("Ends", read=dates.month)}


ROW = {
    "No.": "*F1", "Name": "Gate guards", "Cost per Year": "1200", "Quarter": "Q2", "Year": 2026,
    "City": "Reston", "State": "VA", "Person": "Ann Roe", "Reach": "ann@example.gov",
}  # fmt: skip


def read(scraper: Scraper, **row: object) -> ProspectDraft:
    table, layout = scraper.read(published([row]))
    plan = layout.plan(table, source=scraper.name)
    return next(scraper.draft(Row(number, cells), plan) for number, cells in table.rows)


def test_every_field_of_a_draft_has_a_reading_of_its_own() -> None:
    assert READ.keys() == {each.name for each in fields(ProspectDraft)} - SAID_BY_THE_SOURCE


def test_a_heading_is_read_as_its_field_is() -> None:
    draft = read(Short(), **ROW)
    assert (draft.native_id, draft.title, draft.place.state) == ("F1", "Gate guards", "VA")
    assert draft.solicitation == dates.quarter_window(2026, 2, "Q2 2026")
    assert draft.contacts == (Contact("requirement", "Ann Roe", "ann@example.gov"),)


def test_a_column_says_otherwise() -> None:
    assert read(Short(), **ROW).value.basis == "year"


def test_rows_that_say_the_same_share_their_text() -> None:
    body = orjson.dumps([ROW, ROW])
    table, layout = Short().read(body)
    plan = layout.plan(table, source="Short")
    one, other = (plan.raw(Row(number, cells)) for number, cells in table.rows)
    assert one == other == ROW
    assert all(one[heading] is other[heading] for heading, cell in ROW.items() if isinstance(cell, str))


def test_the_basis_is_the_sources() -> None:
    assert read(Short(), **ROW).basis == "expiring_contract"


def test_optional_headings_may_be_missing_and_are_read_where_they_are() -> None:
    assert read(Short(), **ROW).award == dates.Window()
    assert read(Short(), **ROW, Award="2026-07-01", Ends="2027-03-15").award.first == date(2026, 7, 1)


def test_all_other_headings_must_be_there() -> None:
    with pytest.raises(LayoutChangedError, match="'Year' is missing"):
        read(Short(), **{heading: cell for heading, cell in ROW.items() if heading != "Year"})


def test_a_field_that_no_draft_has_is_refused_by_name() -> None:
    class Mistyped(Short):
        columns = {**Short.columns, "naics": "NAICS"}

    with pytest.raises(LookupError, match="no field of a draft is called 'naics'"):
        read(Mistyped(), **ROW)


def test_a_list_comes_from_its_page_unless_it_says_where_from() -> None:
    class ByLink(Linked):
        url = "https://list.example.gov/page"

    class Elsewhere(ByLink):
        address = "https://list.example.gov/file"

    class Later(Elsewhere):
        url = "https://list.example.gov/new-page"

    assert ByLink.address == ByLink.url
    assert Later.address == Elsewhere.address == "https://list.example.gov/file"
