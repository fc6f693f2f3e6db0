"""The reader of the small list, as it might be after somebody mended it; a replay's own process finds these here."""

from prospect_aggregate.normalize import text
from prospect_aggregate.normalize.dates import Window, month
from prospect_aggregate.normalize.text import Cell
from prospect_aggregate.scrapers.columns import column
from tests.given import Listing
from tests.offices import Offices


def shouted(cell: Cell) -> str | None:
    """In capital letters."""
    return (text.line(cell) or "").upper() or None


def numbered(cell: Cell) -> str:
    """With a letter before it, where a number was read alone."""
    return f"N{text.identifier(cell)}"


def broken(cell: Cell) -> str:
    raise ZeroDivisionError("a mistake in the reader")


class Shouting(Listing):
    """Reads every title in capital letters."""

    columns = {**Listing.columns, "title": column("Title", read=shouted)}


class ShoutingOffices(Offices):
    """The same, of a list that numbers nothing."""

    columns = {**Offices.columns, "title": column("Title", read=shouted)}


class Renumbering(Listing):
    """Reads another number from the same cell."""

    columns = {**Listing.columns, "native_id": column("Number", read=numbered)}


class Demanding(Listing):
    """Wants the award's date, which only some editions have."""

    columns = {**Listing.columns, "award": "Award"}
    optional = {"phase": "Phase"}


class Broken(Listing):
    """Raises what no reader raises on purpose."""

    columns = {**Listing.columns, "title": column("Title", read=broken)}


class Silent(Listing):
    """Reads no title."""

    columns = {name: it for name, it in Listing.columns.items() if name != "title"}


def in_june(cell: Cell) -> Window:  # whatever it says
    return month("June 2026")


class Vague(Listing):
    """Reads the same month from every date: nothing ever moved."""

    columns = {**Listing.columns, "solicitation": column("Solicitation", read=in_june)}
