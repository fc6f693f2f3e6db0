"""Commands for the operator: sources, runs, tasks, status."""

import sys
from dataclasses import asdict
from typing import Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

SIGNALS = ("reachable", "fresh", "sound")


@click.command()
@listing_options
def sources(as_json: bool, limit: int | None) -> None:
    """Every source: how it is, why, since when, and what comes next."""
    ready()
    from django.utils import timezone

    from prospect_aggregate.collection.objects import source_objects
    from prospect_aggregate.scrapers.registry import scraper_registry

    columns = ("key", "name", "state", *SIGNALS, "prospects", "last_good_at", "next_run_at", "reason")
    objects = source_objects(scraper_registry, now=timezone.now())
    shown = objects if as_json else [{**it, **_signals(it)} for it in objects]
    print_listing(shown, columns, as_json=as_json, limit=limit, empty="No source is registered.")


def _signals(source: dict[str, Any]) -> dict[str, str]:
    """Each as one word."""
    return {name: source["signals"][name]["state"] for name in SIGNALS}


@click.command()
@click.argument("source", required=False)
@click.option("--status", help="Only runs with this status.")
@click.option("--batch", type=int, help="Only runs of this batch, every attempt.")
@listing_options
def runs(source: str | None, status: str | None, batch: int | None, as_json: bool, limit: int | None) -> None:
    """Runs, newest first: what was collected, what failed and why."""
    ready()
    from prospect_aggregate.collection.models import Run
    from prospect_aggregate.collection.objects import run_object
    from prospect_aggregate.scrapers.registry import scraper_registry

    found = Run.objects.select_related("source", "artifact")
    if source:
        key = scraper_registry.get(source).key if source in scraper_registry else source
        found = found.filter(source__key=key)
    if status:
        found = found.filter(status=status)
    if batch is not None:
        found = found.filter(batch=batch)
    columns = (
        "id",
        "source",
        "status",
        "trigger",
        "attempt",
        "rows",
        "new",
        "changed",
        "gone",
        "finished_at",
        "error",
    )
    empty = "No runs yet. `prospects collect NAME` makes one; `prospects up` makes them by schedule."
    print_listing(map(run_object, found.iterator()), columns, as_json=as_json, limit=limit, empty=empty)


@click.command()
@click.argument("run", type=int)
@click.option("--reason", default="by a person", show_default=True, help="Stands on the run's record.")
def cancel(run: int, reason: str) -> None:
    """End a run that waits or is in progress; whatever it was about to write is not written."""
    ready()
    from django.utils import timezone

    from prospect_aggregate.collection import runs as life
    from prospect_aggregate.collection.models import Run

    found = Run.objects.select_related("source").filter(pk=run).first()
    if found is None:
        raise LookupError(f"no run {run}; `prospects runs` lists them")
    life.stop(found, reason, now=timezone.now())
    click.echo(f"run {run} of {found.source} is cancelled")


@click.command()
@listing_options
def tasks(as_json: bool, limit: int | None) -> None:
    """The Celery tasks that were made from the registered sources."""
    ready()
    from prospect_aggregate.tasks.objects import task_object
    from prospect_aggregate.tasks.registry import task_registry

    objects = map(task_object, task_registry)
    print_listing(
        objects, ("name", "kind", "source"), as_json=as_json, limit=limit, empty="No task is registered."
    )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list of objects on stdout.")
def status(*, as_json: bool) -> None:
    """What is alive, late or waiting for a person. Exits with 1 when anything is."""
    ready()
    from prospect_aggregate.web.status import status_lines

    lines = list(status_lines())
    if as_json:
        print_listing(map(asdict, lines), (), as_json=True, limit=None, empty="")
    else:
        for line in lines:
            click.echo(("! " if line.trouble else "  ") + line.text)
    sys.exit(1 if any(line.trouble for line in lines) else 0)


COMMANDS = [sources, runs, cancel, tasks, status]
