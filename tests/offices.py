"""A list that numbers nothing: rows are known by office and title; its own file numbers them otherwise."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Run
from prospect_aggregate.normalize import codes, dates, money, text
from prospect_aggregate.scrapers.columns import column
from prospect_aggregate.scrapers.draft import mailboxes
from prospect_aggregate.scrapers.fetch import Kind
from prospect_aggregate.scrapers.identity import composite
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.registry import Registered
from tests.agency import Site
from tests.given import Listing, a_source, collected, published

DESCRIBED = {
    "title": column("Title", read=text.line),
    "office": column("Office", read=text.known),
    "naics_codes": column("NAICS", read=codes.naics),
    "value": column("Value", read=money.value_range),
    "solicitation": column("Solicitation", read=dates.any_window),
    "contacts": column("Contact", read=mailboxes("requirement")),
}


class Offices(Listing):
    name = "Offices"
    repeats = True
    columns = {**DESCRIBED, "native_id": column("Office", "Title", read=composite)}
    by_hand = (
        Layout(
            kind=Kind.CSV,
            part="this file numbers its rows otherwise than the list",
            columns={**DESCRIBED, "native_id": column("Sequence", read=text.identifier)},
        ),
    )


OFFICES = Registered("offices", "Offices", Offices())


def purchase(title: str, **cells: Any) -> dict[str, Any]:
    """A published row; `office="INL"` and the like say how it differs from the others."""
    usual = {"Office": "AQM", "NAICS": "561612", "Value": "$1M to $2M", "Solicitation": "06/01/2026",
             "Contact": "ana@example.gov"}  # fmt: skip
    return {
        "Title": title,
        **usual,
        **{name.title() if name != "naics" else "NAICS": it for name, it in cells.items()},
    }


OTHERS = [
    purchase(title, naics="236220") for title in ("Roof", "Lift", "Paving", "Fence", "Boiler", "Windows")
]
"""Rows that stay, so that the gate has nothing to hold."""


def lists(site: Site, *rows: dict[str, Any], at: datetime) -> Run:
    """An edition of these rows beside the others."""
    site.serve(published([*OTHERS, *rows]))
    return collected(OFFICES, at=at)


def own_file(folder: Path, *rows: dict[str, Any], at: datetime) -> Run:
    """The file that a person downloads, numbered from F-1 unless a row says `sequence`."""
    numbered = [{"Sequence": f"F-{number}", **row} for number, row in enumerate(rows, start=1)]
    written = io.StringIO()
    writer = csv.DictWriter(written, numbered[0])
    writer.writeheader()
    writer.writerows(numbered)
    path = folder / f"{at:%Y-%m-%d}.csv"
    path.write_text(written.getvalue(), encoding="utf-8")
    return collected(OFFICES, given=archive.keep_file(a_source(OFFICES), path, now=timezone.now()), at=at)
