"""Commands on the schedule: what fires when, and what a person does to it."""

import getpass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from prospect_aggregate.cli.collecting import Moment
from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

if TYPE_CHECKING:
    from prospect_aggregate.collection.models import Schedule

CODE = "code"
NAME = click.argument("name")
"""A row's own name, or a source's key or name for its collections."""


class Cadence(click.ParamType[float | str]):
    """Minutes between two firings, or the word that gives the code's slots back."""

    name = "MINUTES|code"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float | str:
        if value == CODE:
            return CODE
        try:
            return float(str(value))
        except ValueError:
            self.fail(f"{value!r}: write the minutes between two firings, or {CODE}", param, ctx)


@click.group(invoke_without_command=True)
@listing_options
@click.pass_context
def schedule(context: click.Context, as_json: bool, limit: int | None) -> None:
    """When each task fires next (UTC). Its commands change that; a running engine follows within 10 s.

    NAME is a row of the schedule ("collect dhs", "check dhs"), or a source's key or name for its collections.
    """
    if context.invoked_subcommand is None:
        _list(as_json=as_json, limit=limit)


def _list(*, as_json: bool, limit: int | None) -> None:
    _seeded()
    from prospect_aggregate.collection.models import Schedule
    from prospect_aggregate.tasks.objects import schedule_object

    columns = ("name", "task", "cron", "enabled", "last_run_at", "next_run_at")
    rows = map(schedule_object, Schedule.objects.order_by("next_at"))
    print_listing(rows, columns, as_json=as_json, limit=limit, empty="No task has a schedule.")


@schedule.command()
@NAME
@click.option("--until", type=Moment(), help="When it goes on by itself (UTC); else somebody resumes it.")
@click.option("--reason", required=True, help="Why; shown wherever the source appears.")
def pause(name: str, until: datetime | None, reason: str) -> None:
    """No more firings for now; `prospects collect` and buttons still work."""
    row = _row(name)
    from prospect_aggregate.collection import clock, schedules

    schedules.pause(row, until=until, reason=reason, by=getpass.getuser(), now=clock.now())
    row.refresh_from_db()
    click.echo(f"{row.name} is paused {_until(row)}")


@schedule.command()
@NAME
def resume(name: str) -> None:
    """Fire again from the next slot on; what was missed is not made up."""
    row = _row(name)
    from prospect_aggregate.collection import clock, schedules

    schedules.resume(row, now=clock.now())
    _say(row)


@schedule.command()
@NAME
@click.argument("cadence", type=Cadence())
def every(name: str, cadence: float | str) -> None:
    """Fire every MINUTES from now on, whatever the code says; `code` gives the code's slots back."""
    row = _row(name)
    from prospect_aggregate.celery_app import app
    from prospect_aggregate.collection import clock, schedules
    from prospect_aggregate.tasks.schedule import slots_in_code

    if isinstance(cadence, float):
        slots = schedules.slots_of(row).every(cadence)
        schedules.edit(row, slots, by=getpass.getuser(), now=clock.now())
    else:
        schedules.follow_code(row, slots_in_code(app.conf.beat_schedule, row.name), now=clock.now())
    _say(row)


@schedule.command()
@NAME
@click.argument("moment", type=Moment())
def at(name: str, moment: datetime) -> None:
    """Fire next at that moment (UTC), once; after it the slots go on as before."""
    row = _row(name)
    from prospect_aggregate.collection import clock, schedules

    schedules.run_at(row, moment, by=getpass.getuser(), now=clock.now())
    _say(row)


@schedule.command()
@NAME
def now(name: str) -> None:
    """Do at once what this row does at its next slot, which stays where it is; the running engine does it."""
    row = _row(name)
    from prospect_aggregate.web.acts import fire_now

    run = fire_now(row)
    said = f"run {run.pk} is asked for; the engine takes it" if run else "asked for"
    click.echo(f"{row.name}: {said}")


def _row(name: str) -> "Schedule":
    _seeded()
    from prospect_aggregate.collection import schedules

    return schedules.row_named(name)


def _seeded() -> None:
    """Rows there are also before the engine's first start."""
    app = ready()
    from prospect_aggregate.collection import clock
    from prospect_aggregate.collection.models import Source
    from prospect_aggregate.scrapers.registry import scraper_registry
    from prospect_aggregate.tasks.registry import task_registry
    from prospect_aggregate.tasks.table_scheduler import seed

    Source.objects.know(scraper_registry)
    seed(app.conf.beat_schedule, task_registry, now=clock.now())


def _say(row: "Schedule") -> None:
    from prospect_aggregate.collection import clock, schedules
    from prospect_aggregate.web import cadences

    row.refresh_from_db()
    words = cadences.words(schedules.slots_of(row))
    then = (
        f"it is paused {_until(row)}"
        if row.asleep(clock.now())
        else f"the next at {row.next_at:%Y-%m-%d %H:%M}"
    )
    click.echo(f"{row.name}: {words} UTC, {then}")


def _until(row: "Schedule") -> str:
    return f"until {row.paused_until:%Y-%m-%d %H:%M} UTC" if row.paused_until else "until somebody resumes it"


COMMANDS = [schedule]
