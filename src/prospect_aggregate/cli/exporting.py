"""The command that writes a view into a file."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.ledger import Day, filter_options, filters_of
from prospect_aggregate.cli.progress import Progress

NAMES = ("csv", "xlsx", "jsonl", "json", "ocds")


@click.command()
@click.argument("text", required=False)
@click.option("--format", "name", type=click.Choice(NAMES), required=True, help="What to write.")
@click.option(
    "--output",
    required=True,
    metavar="FILE",
    help="Where to; - is standard output. It is there once it is whole.",
)
@click.option("--columns", default="", metavar="NAME,…", help="Which, in which order.  [default: all]")
@filter_options
@click.option("--as-of", type=Day(), help="Today, for what is passed and upcoming.")
def export(text: str | None, name: str, output: str, columns: str, as_of: date | None, **asked: Any) -> None:
    """Write every prospect that `search` finds into a file: CSV, workbook, JSON or OCDS 1.1."""
    ready()
    from django.utils import timezone

    from prospect_aggregate.web.exports.asked import of_filters
    from prospect_aggregate.web.exports.formats import FORMATS

    if columns and not FORMATS[name].has_columns:
        raise click.UsageError(f"--columns: {FORMATS[name].words} has fields of its own; leave it out")
    names = [each.strip() for each in columns.split(",") if each.strip()]
    made = of_filters(filters_of(text, asked), day=as_of or timezone.now().date(), columns=names)
    count = made.found.count()
    with Progress("export") as progress, _written(output) as file:
        counting = replace(made, say=lambda rows: progress.say(f"{rows:,} of {count:,} rows"))
        file.writelines(FORMATS[name].write(counting))
    click.echo(f"{count:,} prospects in {output}", err=True)


@contextmanager
def _written(output: str) -> Iterator[IO[bytes]]:
    """Whole or not at all: it gets its name at the end."""
    if output == "-":
        yield sys.stdout.buffer
        return
    target = Path(output)
    if not target.parent.is_dir():
        raise click.UsageError(f"--output: there is no folder {target.parent}")
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


COMMANDS = [export]
