"""Where every value of one prospect comes from: the file, the row, the cell."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from prospect_aggregate.prospects.provenance_objects import provenance_object
from prospect_aggregate.web.api.lookups import prospect_of
from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import shown
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["prospects"])
How = Literal["as_published", "read", "worked_out", "kept", "declared", "none"]


class KeptFile(Schema):
    """The bytes that the row was read from, kept as they came."""

    number: int = shown("Its number; /files/NUMBER/ is the download.", 12)
    sha256: str = shown("SHA-256 of the bytes.", "9f2c" + "0" * 60)
    size: int = shown("Bytes.", 917_504)
    name: str | None = shown("What the agency, or the person who gave it, called it.", "forecast.xlsx")
    url: str | None = shown(
        "Where it was fetched from; null when a person gave it.", "https://list.example.gov/"
    )
    fetched_at: datetime = shown("When.", "2026-05-18T06:00:00+00:00")


class RowPlace(Schema):
    """Where the row stands in that file."""

    kind: str = shown("json, xlsx, csv or xls_html.", "xlsx")
    sheet: str | None = shown("The workbook's sheet, or which table of a page.", "Sheet1")
    number: int = shown("The row as a spreadsheet counts; of JSON, the record.", 418)
    heading_row: int | None = shown("The row of the headings.", 3)
    pointer: str | None = shown("JSON Pointer of the record; a text on the way is JSON itself.", "/417")


class Cell(Schema):
    """One published cell."""

    heading: str = shown("As published.", "Estimated Value Range")
    column: str | None = shown("Its column's letters; null in JSON, and where the reader made it.", "K")
    pointer: str | None = shown("Its JSON Pointer; null in tables.", "/417/dollar_range/display_name")
    text: str | None = shown("What it holds; null when empty.", "$5M to $10M")


class Origin(Schema):
    """One field, and where its value comes from."""

    field: str = shown("The field.", "value")
    how: How = shown(
        "as_published; read: made sense of; worked_out: made of other things; kept from an earlier edition; "
        "declared for the whole list; none: no value.",
        "read",
    )
    explanation: str = shown(
        "The same, in a sentence.", "The lower and upper bound of the published amount or band."
    )
    values: dict[str, Any] = shown("The columns that hold it.", {"value_min": "5000000.00"})
    cells: list[Cell] = Field(description="The cells it was read from.")


class Provenance(Schema):
    """Every value of a prospect, with the cell that holds it."""

    key: str = shown("The prospect.", "commerce:F-1042")
    run: int = shown("The last run in which anything of the row was different.", 412)
    observed_at: datetime | None = shown("When its edition was observed.", "2026-05-18T06:00:00+00:00")
    reader: str | None = shown(
        "Which version of our code read it; null for runs before it was kept.", "0.1.0+3f2a91bc"
    )
    file: KeptFile | None = Field(description="Null when a program made the row.")
    row: RowPlace | None = Field(description="Null when the row cannot be shown in its file.")
    untraced: str | None = shown("Why it cannot.", "the archive has no such file any more")
    fields: list[Origin] = Field(description="Everything that a row can tell.")
    worked_out: list[Origin] = Field(
        description="Values that stand in no file: counted from what editions showed."
    )


@router.get(
    "/prospects/{path:key}/provenance",
    response=Provenance,
    operation_id="get_provenance",
    summary="The cell behind every value of a prospect",
)
@needs(Permission.SEE)
def get_provenance(request: HttpRequest, key: str) -> dict[str, Any]:
    """File, sheet, row, heading and published text of every field; what was worked out says from what."""
    only_known(request, Schema)
    day = timezone.now().date()
    return provenance_object(prospect_of(key, day=day), day=day)
