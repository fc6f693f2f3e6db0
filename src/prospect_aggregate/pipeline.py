"""The one path that a collection takes: fetch, keep, read, judge, ingest."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from prospect_aggregate.collection import alerts, archive, clock, gate, health, held, runlog, runs
from prospect_aggregate.collection.heartbeat import Heartbeat, Interrupt
from prospect_aggregate.collection.history import history_of
from prospect_aggregate.collection.models import Artifact, Run, Source
from prospect_aggregate.collection.outcomes import Decision, FencedError, Site
from prospect_aggregate.normalize.memo import forget
from prospect_aggregate.prospects.ingest import ingest, keep_rejected
from prospect_aggregate.prospects.sift import (
    Item,
    Known,
    Sifted,
    items_of_drafts,
    items_of_rows,
    known_of,
    shares_of,
    sift,
)
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.errors import NotForecastError
from prospect_aggregate.scrapers.fetch import Validators
from prospect_aggregate.scrapers.headings import rearranged
from prospect_aggregate.scrapers.reader_version import reader_version
from prospect_aggregate.scrapers.registry import BareFunction, Collects

logger = logging.getLogger(__name__)


class Decide(Protocol):
    """The policy table, as far as the pipeline knows it."""

    def __call__(self, error: BaseException, *, attempt: int, now: datetime, site: Site) -> Decision: ...


Progress = Callable[[Run], None]
"""Told of a run whenever its stage or its count of rows moves on."""


def collect(
    run: Run,
    scraper: Collects,
    *,
    decide: Decide,
    progress: Progress = lambda _: None,
    interrupt: Interrupt | None = None,
) -> Run:
    """Take a started run to its end.

    Raises whatever ended it otherwise than `succeeded` or `unchanged`; by then the run says so, and the next
    attempt is queued where the policy wants one. `interrupt` ends this process's work when somebody else ended
    the run, or when it takes too much memory.
    """

    def fail(error: BaseException) -> None:
        now = clock.now()
        decision = decide(error, attempt=run.attempt, now=now, site=health.site_of(run))
        runs.fail(run, error, decision, now=now)

    with runlog.kept(run) as log, Heartbeat(log, too_much=fail, interrupt=interrupt):
        try:
            return _collect(_Desk(run, progress), scraper)
        except FencedError:
            raise
        except Exception as error:
            fail(error)
            raise


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every stage of one run needs at hand."""

    run: Run
    progress: Progress

    def enter(self, stage: str, **facts: object) -> None:
        """On record at once, with what else is known by now: whoever watches the run sees where it is."""
        run = self.run
        run.stage, run.stage_at = stage, clock.now()
        logger.info("run %s: %s", run.pk, stage)
        Run.objects.filter(pk=run.pk, status=Run.Status.STARTED).update(
            **{"stage": stage, "stage_at": run.stage_at, "rows": run.rows, "bytes": run.bytes, **facts}
        )
        self.progress(run)

    def came(self, amount: int, _total: int | None) -> None:
        """So many bytes of the answers so far; the heartbeat puts the number on record."""
        self.run.bytes = amount
        self.progress(self.run)

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        """The same items, with the run's count moving along."""
        for number, item in enumerate(items, start=1):
            if number % 500 == 0:
                self.run.rows = number
                self.progress(self.run)
            yield item


def _collect(desk: _Desk, scraper: Collects) -> Run:
    if isinstance(scraper, Scraper):
        return _collect_list(desk, scraper)
    return _collect_drafts(desk, scraper)


def _collect_list(desk: _Desk, scraper: Scraper) -> Run:
    run = desk.run
    artifact, body = _given(run) if run.given else _fetched(desk, scraper)
    run.artifact = artifact
    if artifact is None or (artifact == run.source.last_good and not run.force):
        return _unchanged(run, artifact or run.source.last_good)
    _put_on_record(run, artifact)
    if not run.force and run.purpose == Run.Purpose.COLLECT:
        held.refuse_again(artifact)
    desk.enter("read")
    known = known_of(run.source)
    sifted = sifted_of(run, scraper, body, known, watch=desk.counted)
    del body  # megabytes that nobody needs while it is written, as are the parsers' memories
    forget()
    return _admit(desk, sifted, known, at=run.observed_at or clock.now())


def sifted_of(
    run: Run,
    scraper: Scraper,
    body: bytes,
    known: Known,
    *,
    watch: Callable[[Iterable[Item]], Iterable[Item]],
) -> Sifted:
    """An edition's rows told apart; the run says how they were laid out, and nothing is written."""
    return sift(watch(_items(run, scraper, body)), known, reread=run.force, repeats=scraper.repeats)


def _fetched(desk: _Desk, scraper: Scraper) -> tuple[Artifact | None, bytes]:
    """What the agency serves now, kept; (None, b"") when it says that nothing changed."""
    desk.enter("fetch")
    run = desk.run
    with health.fetcher(runs.owner(run), on_progress=desk.came) as polite:
        fetched = scraper.fetch(polite, _validators(run))
    if fetched is None:
        return None, b""
    desk.enter("keep")
    logger.info("run %s: %s bytes came from %s", run.pk, f"{len(fetched.body):,}", fetched.final_url)
    run.bytes = len(fetched.body)
    return archive.keep(run.source, fetched), fetched.body


def _given(run: Run) -> tuple[Artifact, bytes]:
    """A file that a person downloaded, kept already; reading it checks what it is."""
    artifact = run.given
    assert artifact is not None  # noqa: S101  # the caller asked
    run.bytes = artifact.size
    return artifact, archive.body_of(artifact)


def _put_on_record(run: Run, artifact: Artifact) -> None:
    """The run says what it fetched before anyone reads it: a failed reading leaves its evidence."""
    Run.objects.filter(pk=run.pk, status=Run.Status.STARTED).update(artifact=artifact, bytes=run.bytes)


def _validators(run: Run) -> Validators:
    last = run.source.last_good
    if run.force or last is None:
        return Validators()
    return Validators(etag=last.etag or None, last_modified=last.last_modified or None)


def _items(run: Run, scraper: Scraper, body: bytes) -> Iterator[Item]:
    table, layout = scraper.read(body)
    if not table.headings:  # an empty JSON list names none; the gate holds what has no rows
        return
    plan = layout.plan(table, source=scraper.name)
    run.apart, run.reader = layout.part is not None, reader_version()
    run.layout = {field: list(headings) for field, headings in plan.origins.items()}
    run.headings, run.heading_row = list(table.headings), table.heading_row
    yield from items_of_rows((Row(number, cells) for number, cells in table.rows), plan, scraper.draft)
    run.complete = run.complete and not table.partial  # readers say and note what they left out while they go
    run.notes = [*table.partial, *table.notes, *plan.notes, *_otherwise(run)]
    run.edition_date = scraper.edition_date(table)


def _otherwise(run: Run) -> list[str]:
    """In what this edition is laid out otherwise than the one before it."""
    if not run.heading_row:  # JSON names its fields in every record, in any order
        return []
    newest_first = Run.objects.filter(edition__source=run.source).order_by("-edition__observed_at")
    before = newest_first.values_list("headings", "heading_row").first()
    return rearranged(*before, run.headings, run.heading_row) if before else []


def _collect_drafts(desk: _Desk, function: BareFunction) -> Run:
    desk.enter("draft")
    drafts = function()
    if drafts is None:
        return _done(desk.run)
    known = known_of(desk.run.source)
    sifted = sift(desk.counted(items_of_drafts(_only_drafts(drafts))), known, reread=desk.run.force)
    return _admit(desk, sifted, known, at=desk.run.observed_at or clock.now())


def _only_drafts(drafts: object) -> Iterator[ProspectDraft]:
    """Raises NotForecastError for anything that is no draft: a dictionary of an error, a string, a number."""
    if isinstance(drafts, str | bytes | dict) or not isinstance(drafts, Iterable):
        raise NotForecastError(
            f"returned {type(drafts).__name__}; return ProspectDrafts, or None for nothing to store"
        )
    for draft in drafts:
        if not isinstance(draft, ProspectDraft):
            raise NotForecastError(
                f"returned a {type(draft).__name__} among its drafts; return ProspectDrafts only"
            )
        yield draft


def _admit(desk: _Desk, sifted: Sifted, known: Known, *, at: datetime) -> Run:
    """Past the gate, or held."""
    run = desk.run
    listed = known.expected()
    census = gate.Census(
        rows=sifted.rows,
        rejected=len(sifted.rejected),
        listed=len(listed),
        gone=len(listed - sifted.present()),
        keyless=sum(each.keyless for each in sifted.rejected),
        headings=len(run.headings),
        dated=run.edition_date,
        filled=shares_of(sifted, known, run.layout.keys()),
    )
    findings = gate.judge(census, history_of(run.source), complete=run.complete)
    desk.enter("judge", **_reported(run, census, findings))
    _tell(run, findings)
    keep_rejected(run, sifted)
    if run.purpose == Run.Purpose.COLLECT:
        gate.admit(findings)
    desk.enter("ingest")
    return ingest(run, sifted, known, artifact=run.artifact, at=at)


def _tell(run: Run, findings: list[gate.Finding]) -> None:
    logger.info("run %s: %s rows read, %s rejected", run.pk, run.rows, run.rejected)
    for note in run.notes:
        logger.info("run %s: %s", run.pk, note)
    for finding in findings:
        verdict = "passed" if finding.passed else f"held, expected {finding.expected}"
        logger.info("run %s: %s: %s: %s", run.pk, finding.check, finding.saw, verdict)


REPORTED = (
    "rows", "rejected", "verdict", "layout", "reader", "apart", "headings", "heading_row", "filled", "notes",
    "complete", "edition_date",
)  # fmt: skip


def _reported(run: Run, census: gate.Census, findings: list[gate.Finding]) -> dict[str, object]:
    """What was read and how it was judged, on record also when it is held."""
    run.verdict = [asdict(finding) for finding in findings]
    run.rows, run.rejected, run.filled = census.rows, census.rejected, dict(census.filled)
    return {name: getattr(run, name) for name in REPORTED}


def _unchanged(run: Run, artifact: Artifact | None) -> Run:
    """The same list again: it advances when the source was last seen, and nothing else."""
    return _good(run, Run.Status.UNCHANGED, artifact)


def _done(run: Run) -> Run:
    """A bare function that has nothing to store."""
    return _good(run, Run.Status.SUCCEEDED, None)


def _good(run: Run, status: Run.Status, artifact: Artifact | None) -> Run:
    with transaction.atomic():
        now = clock.now()
        at = run.observed_at or now
        if not runs.end(run, status, now=now, observed_at=at, artifact=artifact, bytes=run.bytes):
            raise FencedError(f"run {run.pk} was ended by somebody else")
        Source.objects.filter(pk=run.source_id).update(last_good_at=at, last_good=artifact)
        alerts.close_all(run.source, now=now)
    return run
