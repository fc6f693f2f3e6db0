"""Made-up editions of a list that no source reads, in four formats."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

COLUMNS = (
    "Forecast Number", "Project Name", "Requirement Description", "Bureau", "Contracting Office", "NAICS",
    "Estimated Ceiling", "Set-Aside", "Solicitation Qtr", "Solicitation FY", "Target Award Date", "Work City",
    "Work State", "POC Name", "POC Email", "POC Phone", "Funding Line",
)  # fmt: skip
PREAMBLE = (("Procurement Forecast",), ("Asked of jane.roe@agency.gov, 555-867-5309",))
PEOPLE = ("Jane Roe", "Rick Poe", "Mary Loe")
SECRETS = (*PEOPLE, "jane.roe@", "rick.poe@", "mary.loe@", "867-53")

Row = tuple[Any, ...]


def row(number: int) -> Row:
    person = PEOPLE[number % 3]
    mail = f"{person.lower().replace(' ', '.')}@agency.gov"
    about = f"Everything that team {number} needs to repair, move and store its equipment; ask {person}."
    set_aside = ("8(a)", "Small Business Set-Aside", "TBD")[number % 3]
    value = ("$1M to $2M", "$250K to $500K", "not known")[number % 3]
    return (
        f"F-2026-{number:03}", f"Equipment repair for team {number}", about, ("BOR", "NPS")[number % 2], "Denver",
        541512, value, set_aside, f"Q{number % 4 + 1}", 2026, date(2026, 9, number % 28 + 1), "Denver", "CO",
        person, mail, f"555-867-53{number:02}", f"Line {number % 5}",
    )  # fmt: skip


ROWS = tuple(map(row, range(1, 31)))


def _texts(cells: Sequence[Any]) -> list[str]:
    return [f"{cell:%m/%d/%Y}" if isinstance(cell, date) else str(cell) for cell in cells]


def as_csv(headings: Sequence[str] = COLUMNS, rows: Sequence[Row] = ROWS) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([*PREAMBLE, headings, *map(_texts, rows)])
    return out.getvalue().encode("cp1252")


def as_workbook(headings: Sequence[str] = COLUMNS, rows: Sequence[Row] = ROWS) -> bytes:
    """The list stands on the second of three sheets, the third is last year's."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("Read me").write(0, 0, "How to read this forecast")
        for name in ("Forecast", "Last year"):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate([*PREAMBLE, headings, *rows]):
                sheet.write_row(number, 0, cells)
    return out.getvalue()


def as_page(headings: Sequence[str] = COLUMNS, rows: Sequence[Row] = ROWS) -> bytes:
    lines = (
        "".join(f"<td>{escape(cell)}</td>" for cell in cells) for cells in [headings, *map(_texts, rows)]
    )
    return ("<html><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table></html>").encode()


def as_json(headings: Sequence[str] = COLUMNS, rows: Sequence[Row] = ROWS) -> bytes:
    """Camel case, the value nested, the list inside of an object; every second record lacks the last field."""
    names = ["".join(word.title() for word in heading.replace("-", " ").split()) for heading in headings]
    records: list[dict[str, Any]] = []
    for number, cells in enumerate(rows):
        record: dict[str, Any] = dict(zip(names, _texts(cells), strict=True))
        record["money"] = {"shown": record.pop("EstimatedCeiling")}
        records.append(
            record if number % 2 else {name: it for name, it in record.items() if name != "FundingLine"}
        )
    return json.dumps(
        {"asked": "jane.roe@agency.gov", "data": {"total": len(rows), "records": records}}
    ).encode()


FORMATS: dict[str, Callable[[], bytes]] = {
    "csv": as_csv,
    "xlsx": as_workbook,
    "html": as_page,
    "json": as_json,
}


def written(folder: Path, extension: str) -> Path:
    file = folder / f"edition.{extension}"
    file.write_bytes(FORMATS[extension]())
    return file
