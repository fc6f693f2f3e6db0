"""How `show --provenance` tells the cell behind every value."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from prospect_aggregate.cli.output import print_listing, print_object

if TYPE_CHECKING:
    from prospect_aggregate.prospects.models import Prospect

COLUMNS = ("field", "how", "cell", "heading", "text", "explanation")


def print_provenance(prospect: "Prospect", *, day: date, as_json: bool) -> None:
    """The whole object as JSON; for people the row's place, then a line for each cell."""
    from prospect_aggregate.prospects.provenance_objects import provenance_object

    whole = provenance_object(prospect, day=day)
    if as_json:
        print_object(whole, as_json=True)
        return
    click.echo(_place(whole), err=True)
    lines = list(_lines(whole))
    print_listing(lines, COLUMNS, as_json=False, limit=len(lines), empty="")


def _place(whole: dict[str, Any]) -> str:
    file, row = whole["file"], whole["row"]
    if file is None or row is None:
        return f"{whole['key']}, run {whole['run']}: {whole['untraced']}"
    where = row["pointer"] or f"{row['sheet'] or 'the file'}, row {row['number']}"
    return f"{whole['key']}, run {whole['run']}: {where} of {file['name'] or file['url']}, SHA-256 {file['sha256']}"


def _lines(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    number = whole["row"]["number"] if whole["row"] else ""
    for origin in [*whole["fields"], *whole["worked_out"]]:
        for cell in origin["cells"] or [{"column": None, "pointer": None, "heading": None, "text": None}]:
            place = f"{cell['column']}{number}" if cell["column"] else cell["pointer"]
            yield {**origin, "cell": place, "heading": cell["heading"], "text": cell["text"]}
