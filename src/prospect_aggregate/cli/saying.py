"""The command that tells what a run said."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

if TYPE_CHECKING:
    from prospect_aggregate.collection.models import LogLine, Run

LOOKS_EVERY = 1.0  # seconds


@click.command()
@click.argument("run", type=int)
@click.option("--follow", is_flag=True, help="Go on while the run does; Ctrl-C ends only the looking.")
@listing_options
def log(run: int, follow: bool, as_json: bool, limit: int | None) -> None:
    """What a run said while it ran, line by line."""
    if follow and (as_json or limit):
        raise click.UsageError("--follow goes with neither --json nor --limit")
    ready()
    from prospect_aggregate.collection.models import Run
    from prospect_aggregate.collection.objects import line_object
    from prospect_aggregate.collection.runlog import lines_of

    found = Run.objects.select_related("source").filter(pk=run).first()
    if found is None:
        raise LookupError(f"no run {run}; `prospects runs` lists them")
    if follow:
        _follow(found)
        return
    lines = lines_of(found)
    empty = f"Run {run} of {found.source} has said nothing" + ("." if found.ended else " yet.")
    columns = ("at", "level", "text")
    limit = limit or len(lines) or None
    print_listing(map(line_object, lines), columns, as_json=as_json, limit=limit, empty=empty)


def _follow(run: "Run") -> None:
    for line in _as_they_come(run):
        level = "" if line.level == "info" else f"{line.level}: "
        click.echo(f"{line.at:%Y-%m-%d %H:%M:%S}Z {level}{line.told}")
    click.echo(f"run {run.pk} of {run.source}: {run.status}", err=True)


def _as_they_come(run: "Run") -> Iterator["LogLine"]:
    from django.utils import timezone

    from prospect_aggregate.collection.runlog import is_written, lines_of

    last, over = 0, False
    while not over:
        run.refresh_from_db(fields=["status", "finished_at"])
        over = is_written(run, now=timezone.now())
        for line in lines_of(run, after=last):
            last = line.pk
            yield line
        if not over:
            time.sleep(LOOKS_EVERY)


COMMANDS = [log]
