"""A person decides about a held edition: what it would do, letting it in, keeping it out, and taking that back."""

from copy import copy
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from prospect_aggregate import pipeline
from prospect_aggregate.collection import alerts, archive, audit, held, runs
from prospect_aggregate.collection.held import CannotRuleError
from prospect_aggregate.collection.models import Edition, Ruling, Run, Source
from prospect_aggregate.prospects import undo
from prospect_aggregate.prospects.difference import Difference, difference_of
from prospect_aggregate.prospects.sift import known_of
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.catalog import UnknownNameError
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import Collects, scraper_registry

Verdict, Reason = Ruling.Verdict, Ruling.Reason


class UnreadableError(Exception):
    """The held file is lost, or today's code cannot read it; the message says why."""


def outlook_of(run: Run, *, day: date) -> Difference:
    """What `would_do` says with the source's own scraper. Raises CannotRuleError, UnreadableError."""
    try:
        return would_do(run, scraper_registry.get_scraper(run.source.key), day=day)
    except CannotRuleError:
        raise
    except FileNotFoundError as error:
        what = f"the archive has lost the file of run {run.pk}"
        raise UnreadableError(f"{what}; restore it from a backup, or keep the edition out") from error
    except (ScraperError, UnknownNameError, OSError, ValueError) as error:
        raise UnreadableError(f"the held file of run {run.pk} cannot be read any more: {error}") from error


def would_do(run: Run, scraper: Collects, *, day: date) -> Difference:
    """What letting the held edition in would do to the list as it stands now; nothing is written."""
    held.check_open(run)
    assert isinstance(scraper, Scraper) and run.artifact  # noqa: S101, PT018  # `check_open` saw that bytes were kept
    known = known_of(run.source)
    body = archive.body_of(run.artifact)
    reading = copy(run)
    reading.complete = True  # let in whole; its reader may know better
    sifted = pipeline.sifted_of(reading, scraper, body, known, watch=lambda items: items)
    return difference_of(run.source, sifted, known, day=day, complete=reading.complete)


def let_in(
    run: Run, *, reason: Ruling.Reason, note: str, by: str, now: datetime, partial: bool = False
) -> Ruling:
    """Ask for the run that lets a held edition in: whole, or only what is new and changed.

    Whole, it is a new beginning: later editions are judged against it. Raises CannotRuleError.
    """
    verdict = Verdict.PARTIAL if partial else Verdict.WHOLE
    with transaction.atomic():
        ruling = _ruling(run, verdict, Reason.PARTIAL_LIST if partial else reason, note, by, now)
        ruling.admitted = runs.request(
            run.source,
            reason=f"ruling {ruling.pk}",
            trigger=Run.Trigger.PERSON,
            purpose=Run.Purpose.ADMIT,
            given=run.artifact,
            observed_at=held.seen_last(run),
            complete=not partial,
        )
        ruling.save(update_fields=["admitted"])
        _record("let in", ruling, run)
    return ruling


def keep_out(run: Run, *, note: str, by: str, now: datetime) -> Ruling:
    """The last good list stays, marked old, until another edition passes. Raises CannotRuleError."""
    with transaction.atomic():
        ruling = _ruling(run, Verdict.OUT, Reason.OTHER, note, by, now)
        alerts.close_all(run.source, now=now)  # somebody has looked
        _record("keep out", ruling, run)
    return ruling


def _record(act: str, ruling: Ruling, run: Run) -> None:
    why = {"verdict": ruling.verdict, "reason": ruling.reason, "note": ruling.note}
    audit.record(act, "run", run.pk, after={"source": run.source.key, "ruling": ruling.pk, **why})


def _ruling(
    run: Run, verdict: Ruling.Verdict, reason: Ruling.Reason, note: str, by: str, now: datetime
) -> Ruling:
    held.check_open(run)
    if not note.strip():
        raise CannotRuleError("say why in a note: it stands beside the edition for whoever comes after you")
    facts = {"verdict": verdict, "reason": reason, "note": note.strip(), "by": by, "at": now}
    try:
        with transaction.atomic():
            return Ruling.objects.create(held=run, **facts)
    except IntegrityError as error:  # ruling_one_stands: somebody else was quicker
        raise CannotRuleError(f"run {run.pk} was decided just now by somebody else; look again") from error


def take_back(ruling: Ruling, *, by: str, now: datetime) -> None:
    """As if nobody had ruled; possible until the next edition is let in. Raises CannotRuleError."""
    if ruling.undone_at:
        raise CannotRuleError(f"it was undone by {ruling.undone_by} on {ruling.undone_at:%Y-%m-%d} already")
    with transaction.atomic():
        if ruling.admitted:
            _put_out(ruling.admitted, ruling, now)
        Ruling.objects.filter(pk=ruling.pk, undone_at=None).update(undone_at=now, undone_by=by)
        was = {"verdict": ruling.verdict, "by": ruling.by, "note": ruling.note}
        audit.record("take back ruling", "run", ruling.held_id, before={"ruling": ruling.pk, **was})
    ruling.refresh_from_db()


def _put_out(admitted: Run, ruling: Ruling, now: datetime) -> None:
    """What the run wrote is taken back; one that still waits never starts."""
    if runs.cancel(admitted, "the ruling was taken back", now=now):
        return
    admitted.refresh_from_db()
    if admitted.status == Run.Status.STARTED:
        raise CannotRuleError(f"run {admitted.pk} is letting it in just now; try again when it has ended")
    if admitted.status == Run.Status.SUCCEEDED:
        _undo(admitted, ruling, now)


def _undo(admitted: Run, ruling: Ruling, now: datetime) -> None:
    """By a run of its own, as only a started run writes a source's prospects."""
    after = admitted.source.runs.filter(pk__gt=admitted.pk)
    if after.filter(purpose=Run.Purpose.REPLAY, status=Run.Status.SUCCEEDED).exists():
        raise CannotRuleError("a replay was applied since; this one stands")
    if Edition.objects.filter(source=admitted.source, run__pk__gt=admitted.pk).exists():
        raise CannotRuleError("a later edition was let in; this one stands")
    run = runs.request(
        admitted.source,
        reason=f"undo of ruling {ruling.pk}",
        trigger=Run.Trigger.PERSON,
        purpose=Run.Purpose.UNDO,
    )
    if runs.claim(run.pk, worker="a person", now=now) is None:
        raise CannotRuleError(f"{admitted.source} is being collected; try again when that has ended")
    undo.take_back(admitted)
    _restore(admitted.source)
    runs.end(run, Run.Status.SUCCEEDED, now=now, gone=admitted.new, new=admitted.gone)


def _restore(source: Source) -> None:
    """The newest edition that is left is the good one again."""
    newest = Edition.objects.filter(source=source).order_by("-observed_at").select_related("run").first()
    artifact = newest.run.artifact if newest else None
    seen = (
        source.runs.good().filter(artifact=artifact).aggregate(at=Max("observed_at"))["at"]
        if newest
        else None
    )
    Source.objects.filter(pk=source.pk).update(last_good=artifact, last_good_at=seen)
