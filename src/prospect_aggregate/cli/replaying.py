"""The command for those who mended a reader: read the archive again, compare, apply."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import print_object
from prospect_aggregate.cli.progress import Progress

if TYPE_CHECKING:
    from prospect_aggregate.collection.models import Run
    from prospect_aggregate.replay.report import Report, Tally
    from prospect_aggregate.replay.sightings import Sighting
    from prospect_aggregate.scrapers.registry import Registered

LONGEST = 60  # characters of a value in an example


@click.command()
@click.argument("name")
@click.option(
    "--accept", is_flag=True, help="Write what differs, by a run on record; what stood before is kept."
)
@click.option("--json", "as_json", is_flag=True, help="A JSON list with one object on stdout.")
def replay(name: str, accept: bool, as_json: bool) -> None:
    """Read a source's archived editions again with today's code, in their order, and show what would differ.

    Nothing is fetched, and nothing is written without --accept. It exits with 0 when nothing differs or it was
    applied, with 1 when something differs, with 2 when it could not be done.
    """
    ready()
    with _trouble_is_two():
        from prospect_aggregate.scrapers.registry import scraper_registry

        good = _replay(scraper_registry.get(name), accept=accept, as_json=as_json)
    sys.exit(0 if good else 1)


def _replay(registered: "Registered", *, accept: bool, as_json: bool) -> bool:
    """True when what is kept is what today's code reads, from now on at least."""
    from django.utils import timezone

    from prospect_aggregate.collection.models import Source
    from prospect_aggregate.replay import accept as writing
    from prospect_aggregate.replay.compare import difference_of
    from prospect_aggregate.replay.report import report_of
    from prospect_aggregate.replay.sightings import sightings_of

    source, applied = Source.objects.of(registered), None
    sightings = sightings_of(source)
    with _read_again(registered, sightings):
        report = report_of(source, sightings, difference_of(source))
        try:
            if accept and report.differs:
                applied = writing.accept(source, sightings, now=timezone.now())
        finally:  # also when that is refused
            _print(report, applied, as_json=as_json)
    return applied is not None or not report.differs


@contextmanager
def _read_again(registered: "Registered", sightings: "list[Sighting]") -> Iterator[None]:
    """The fresh database is open while entered; on a terminal a line says how far the reading is."""
    from prospect_aggregate.replay.scratch import read_again

    with ExitStack() as opened:
        with Progress(registered.key) as progress:

            def watch(behind: int) -> None:
                progress.say(f"edition {behind} of {len(sightings)}")

            opened.enter_context(read_again(registered, sightings, watch=watch))
        yield


@contextmanager
def _trouble_is_two() -> Iterator[None]:
    """As with diff, 1 says that something differs; what could not be done is 2."""
    from django.db import Error

    from prospect_aggregate.replay.sightings import CannotReplayError
    from prospect_aggregate.scrapers.catalog import UnknownNameError

    try:
        yield
    except (CannotReplayError, UnknownNameError, OSError, Error) as error:
        raise _Trouble(str(error)) from error


class _Trouble(click.ClickException):
    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"prospects: {self.message}", file=file, err=True)


def _print(report: "Report", applied: "Run | None", *, as_json: bool) -> None:
    from prospect_aggregate.replay.report import report_object

    if as_json:
        print_object(report_object(report, applied=applied), as_json=True)
        return
    for line in (*_lines(report), *_ending(report, applied)):
        click.echo(line)


def _lines(report: "Report") -> Iterator[str]:
    days = f"{report.first_at:%Y-%m-%d} to {report.last_at:%Y-%m-%d}"
    again = f"{report.source}: editions read again: {report.editions:,} ({days})"
    compared = f"{again}, prospects compared: {report.prospects:,}"
    yield compared if report.differs else f"{compared}; nothing differs"
    for lost in report.unreadable:
        yield f"! the edition of {lost.at:%Y-%m-%d} (run {lost.run}) cannot be read: {lost.reason}"
    if report.differs:
        yield from _differences(report)


def _differences(report: "Report") -> Iterator[str]:
    yield f"prospects: {report.changed:,} changed, {report.new.count:,} new, {report.gone.count:,} gone"
    for name, found in report.fields.items():
        yield f"  {name}: {found.count:,}"
        yield from (f"    {it.key}: {_short(it.stored)} → {_short(it.today)}" for it in found.examples)
    yield from _some("+", report.new, report.new.examples)
    yield from _some("-", report.gone, report.gone.examples)
    yield f"changes: {report.changes_new.count:,} new, {report.changes_gone.count:,} gone"
    yield from _some("+", report.changes_new, map(_told, report.changes_new.examples))
    yield from _some("-", report.changes_gone, map(_told, report.changes_gone.examples))
    unseen = {**report.unseen, "readings of runs": report.readings}
    if any(unseen.values()):
        yield "for programs: " + ", ".join(f"{count:,} {name}" for name, count in unseen.items())


def _some(sign: str, tally: "Tally", examples: Iterable[str]) -> Iterator[str]:
    yield from (f"  {sign} {example}" for example in examples)
    if more := tally.count - len(tally.examples):
        yield f"  {sign} … and {more:,} more"


def _ending(report: "Report", applied: "Run | None") -> Iterator[str]:
    if applied and applied.artifact:
        from prospect_aggregate.collection.archive import path_of

        yield f"applied by run {applied.pk}; what stood before is kept as {applied.artifact.filename}:"
        yield f"  {path_of(applied.artifact.sha256)}"
    elif report.differs and not report.unreadable:
        yield f"nothing is written; `prospects replay {report.source} --accept` applies it"


def _short(value: object) -> str:
    text = "–" if value is None else json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _told(change: dict[str, Any]) -> str:
    what = f"{change['at']:%Y-%m-%d} {change['key']} {change['kind']}"
    values = (
        f" {change['field']}: {_short(change['old'])} → {_short(change['new'])}" if change["field"] else ""
    )
    return what + values


COMMANDS = [replay]
