"""What commands print: JSON for programs, tables for people, nothing but the answer on stdout."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import click

Object = dict[str, Any]
FIRST_SCREEN = 50
WRAPPED = frozenset({"title", "error", "reason", "agency", "example"})
"""Columns of words, which give way to the others on a narrow terminal."""


def listing_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--json` and `--limit`, which every listing has."""
    command = click.option(
        "--limit", type=click.IntRange(min=1), help="Stop after N.  [default: all, 50 in a table]"
    )(command)
    return click.option("--json", "as_json", is_flag=True, help="One JSON list of objects on stdout.")(
        command
    )


def print_listing(
    objects: Iterable[Object], columns: Sequence[str], *, as_json: bool, limit: int | None, empty: str
) -> None:
    """The objects, whole as JSON or their main columns as a table; `empty` says what to do when there are none."""
    if as_json:
        click.echo(json.dumps(list(islice(objects, limit)), default=_plain, indent=1, ensure_ascii=False))
        return
    shown = list(islice(objects, (limit or FIRST_SCREEN) + 1))
    if not shown:
        click.echo(empty, err=True)
        return
    _print_table(shown[: limit or FIRST_SCREEN], columns)
    if len(shown) > (limit or FIRST_SCREEN):
        click.echo("… and more; --limit N shows N, --json shows all.", err=True)


def print_object(thing: Object, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([thing], default=_plain, indent=1, ensure_ascii=False))
        return
    width = max(map(len, thing))
    for name, value in thing.items():
        click.echo(f"{name:<{width}}  {_cell(value)}")


def _plain(value: object) -> object:
    """Dates as ISO, money as strings."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"cannot print a {type(value).__name__}")


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list):
        return "; ".join(map(_cell, value)) or "–"
    if isinstance(value, dict):
        return " ".join(f"{part}" for part in value.values() if part)
    return str(value)


def _print_table(objects: Sequence[Object], columns: Sequence[str]) -> None:
    if not sys.stdout.isatty():
        click.echo("\t".join(columns))
        for thing in objects:
            click.echo("\t".join(" ".join(_cell(thing[column]).split()) for column in columns))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="ellipsis", no_wrap=column not in WRAPPED)
    for thing in objects:
        table.add_row(*(_cell(thing[column]) for column in columns))
    Console().print(table)
