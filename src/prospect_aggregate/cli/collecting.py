"""Commands that reach out: collect and check."""

import sys
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from prospect_aggregate.cli.home import ready

if TYPE_CHECKING:
    from prospect_aggregate.cli.progress import Progress
    from prospect_aggregate.collection.models import Run
    from prospect_aggregate.scrapers.registry import Registered

LOOKS_EVERY = 0.5  # seconds


class Moment(click.ParamType[datetime]):
    """An ISO date or date and time; without a zone it is UTC."""

    name = "DATETIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r}: write 2026-05-13 or 2026-05-13T06:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command()
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="Every source, as one batch.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read a file that you downloaded, instead of fetching.",
)
@click.option("--at", type=Moment(), help="When that edition was observed; load old ones oldest first.")
@click.option("--force", is_flag=True, help="Read again even what is unchanged. Never past the gate.")
def collect(name: str | None, everything: bool, path: Path | None, at: datetime | None, force: bool) -> None:
    """Collect one source now, in this process, by its key or name.

    It exits with 1 unless every collection ended succeeded or unchanged. It needs no broker and no running
    engine; beside a running one, a source is still collected by one of them at a time.
    """
    if bool(name) == everything:
        raise click.UsageError("name one source, or say --all")
    if everything and (path or at):
        raise click.UsageError("--file and --at go with one source")
    ready()
    from prospect_aggregate.scrapers.registry import scraper_registry

    if name is None:
        sys.exit(0 if _collect_all(force=force) else 1)
    registered = scraper_registry.get(name)
    run = _request(registered, path=path, at=at, force=force)
    sys.exit(0 if run_now(run, registered) else 1)


def _collect_all(*, force: bool) -> bool:
    """As one batch. Where an engine runs, its workers take their part of it."""
    from prospect_aggregate.collection import batches, clock, runs
    from prospect_aggregate.scrapers.registry import scraper_registry

    batch = batches.ask(
        scraper_registry, reason=f"command {uuid.uuid4()}", by="the command line", force=force
    )
    left = list(batch.runs.select_related("source").order_by("pk"))
    try:
        while left:
            run_now(left[0], scraper_registry.get(left[0].source.key))
            del left[0]
    finally:
        for run in left:
            runs.cancel(run, "the command that asked for it ended before", now=clock.now())
    standing = batches.standing_of(batch)
    click.echo(f"batch {batch.pk}: {standing.outcome}, {len(standing.good)} of {len(standing.runs)} good")
    return standing.outcome == batches.Outcome.SUCCEEDED


def run_now(run: "Run", registered: "Registered") -> bool:
    """Take a run to its end in this process, and say what came of it; True when that is a good edition."""
    from prospect_aggregate.cli.progress import Progress
    from prospect_aggregate.collection import clock, runs
    from prospect_aggregate.collection.models import Run
    from prospect_aggregate.scrapers.errors import ScraperError
    from prospect_aggregate.tasks.execution import execute, worker_name

    try:
        with Progress(registered.key) as progress:
            if execute(run.pk, registered.run, progress=progress) is None:
                _wait_for(run, progress)
    except ScraperError:
        pass  # the run says it, below
    except KeyboardInterrupt:
        run.refresh_from_db()
        if run.worker == worker_name():  # what a worker has in hand goes on
            runs.end(run, Run.Status.CANCELLED, now=clock.now(), error="stopped from the keyboard")
        raise
    finally:
        run.refresh_from_db()
        _report(run)
    return run.status in (Run.Status.SUCCEEDED, Run.Status.UNCHANGED)


def _request(registered: "Registered", *, path: Path | None, at: datetime | None, force: bool) -> "Run":
    from prospect_aggregate.collection import clock, given, runs
    from prospect_aggregate.collection.models import Run, Source

    reason = f"command {uuid.uuid4()}"
    if path is None:
        source = Source.objects.of(registered)
        return runs.request(source, reason=reason, trigger=Run.Trigger.PERSON, force=force, observed_at=at)
    size, name = path.stat().st_size, path.name
    with path.open("rb") as file:
        return given.receive(
            registered,
            file,
            filename=name,
            size=size,
            reason=reason,
            now=clock.now(),
            observed_at=at,
            force=force,
        )


def _wait_for(run: "Run", progress: "Progress") -> None:
    """A worker of the running engine was quicker."""
    run.refresh_from_db()
    while run.status == "started":
        progress(run)
        time.sleep(LOOKS_EVERY)
        run.refresh_from_db()


def _report(run: "Run") -> None:
    """One line for one run: the counts when it is good, the reason and what comes next when it is not."""
    from prospect_aggregate.collection.models import Run

    if run.status == Run.Status.SUCCEEDED:
        counted = ((name, getattr(run, name) or 0) for name in ("new", "changed", "gone", "rejected"))
        counts = ", ".join(f"{count:,} {name}" for name, count in counted)
        click.echo(f"{run.source.key}: succeeded, {run.rows or 0:,} rows: {counts} (run {run.pk})")
    elif run.status == Run.Status.UNCHANGED:
        click.echo(f"{run.source.key}: unchanged since the last edition (run {run.pk})")
    else:
        click.echo(f"{run.source.key}: {run.status}: {run.error or _waits(run)} (run {run.pk})", err=True)
        _say_next(run)


def _waits(run: "Run") -> str:
    busy = run.source.runs.filter(status="started").first()
    return (
        f"the source is being collected by run {busy.pk}; the engine takes this request after it"
        if busy
        else "it waits"
    )


def _say_next(run: "Run") -> None:
    following = run.source.runs.filter(request=run.request, attempt=run.attempt + 1).first()
    if following and following.not_before:
        click.echo(
            f"  next attempt at {following.not_before:%Y-%m-%d %H:%M} UTC, by the running engine", err=True
        )
    elif run.status == "blocked" and run.source.url:
        by_hand = f"prospects collect {run.source.key} --file PATH"
        click.echo(f"  download the list at {run.source.url} in a browser, and give it: {by_hand}", err=True)


@click.command()
@click.argument("name", required=False)
def check(name: str | None) -> None:
    """Look whether one source, or every source, can be had. It fetches no list and changes no prospect."""
    ready()
    from prospect_aggregate.scrapers.registry import scraper_registry

    chosen = list(scraper_registry) if name is None else [scraper_registry.get(name)]
    sys.exit(0 if False not in [_check(registered) for registered in chosen] else 1)


def _check(registered: "Registered") -> bool:
    from prospect_aggregate.collection import audit, health
    from prospect_aggregate.collection.models import Source
    from prospect_aggregate.scrapers.errors import ScraperError

    source = Source.objects.of(registered)
    audit.record("check", "source", registered.key)
    try:
        found = health.check(source, registered.run)
    except ScraperError as error:
        click.echo(f"{registered.key}: not well: {error}", err=True)
        return False
    click.echo(f"{registered.key}: reachable: {found.detail}")
    return True


COMMANDS = [collect, check]
