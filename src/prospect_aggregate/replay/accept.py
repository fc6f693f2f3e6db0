"""A replay applied: one run, one transaction, and what stood before kept in the archive."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from prospect_aggregate.collection import archive, audit, runs
from prospect_aggregate.collection.models import Artifact, Edition, Run, Source
from prospect_aggregate.prospects import pairs, store, undo
from prospect_aggregate.prospects.ingest import LEDGER
from prospect_aggregate.prospects.models import Absence, Change, Prospect
from prospect_aggregate.replay.compare import (
    COLUMNS,
    PAGE,
    READ_AS,
    RUNS,
    Difference,
    Ledger,
    Reread,
    again,
    difference_of,
    edition_facts,
)
from prospect_aggregate.replay.former import former_of
from prospect_aggregate.replay.scratch import SCRATCH
from prospect_aggregate.replay.sightings import CannotReplayError, Sighting, sightings_of

NUMBER = "native_id"
"""The field of a change that says: this number is read no more."""
NO_DIGEST = b""
"""Of a prospect whose number is read no more: no row may be taken for it by its cells."""


def accept(source: Source, sightings: list[Sighting], *, now: datetime) -> Run:
    """The run that applied it, while the fresh database is open.

    Raises CannotReplayError when nothing was applied; then nothing is on record of it either.
    """
    with transaction.atomic():
        run = _started(source, now)
        if sightings_of(source) != sightings:
            raise CannotReplayError(
                f"{source}: another edition came in meanwhile; nothing was applied; try again"
            )
        difference = difference_of(source)
        _check_readable(source, difference)
        former = archive.keep(source, former_of(source, difference, now=now))
        _write(run, difference, now)
        undo.forget(source, but=run)  # taking a ruling back would bring the former reading back
        _end(run, difference, former)
        audit.record("apply replay", "run", run.pk, after={"source": source.key, "kept": former.filename})
    return run


def _started(source: Source, now: datetime) -> Run:
    """Asked for and claimed in one transaction: no worker sees it wait, and none collects beside it."""
    run = runs.request(
        source,
        reason=f"command {uuid.uuid4()}",
        trigger=Run.Trigger.PERSON,
        purpose=Run.Purpose.REPLAY,
    )
    claimed = runs.claim(run.pk, worker="a person", now=now)
    if claimed is None:
        raise CannotReplayError(
            f"{source} is being collected; nothing was applied; try again when that has ended"
        )
    return claimed


def _check_readable(source: Source, difference: Difference) -> None:
    if difference.unreadable:
        count = len(difference.unreadable)
        raise CannotReplayError(
            f"{source}: today's code cannot read {count} of its editions; nothing was applied; "
            "teach the reader their layout first"
        )


def _write(run: Run, difference: Difference, now: datetime) -> None:
    on_record = {each.pk: again(each) for each in Run.objects.using(SCRATCH)}
    rewritten = ((*_values(pair.today, on_record), pair.kept.pk) for pair in difference.differing)
    store.update("prospects_prospect", [*COLUMNS, *RUNS], rewritten)
    moved_in = ((*_values(it, on_record), run.source_id) for it in difference.new)
    store.insert("prospects_prospect", [*COLUMNS, *RUNS, "source_id"], moved_in)
    _correct(run.source, difference.ledger, on_record)
    _write_absences(run.source, on_record)
    _set_aside(run, difference.gone, now)
    pairs.rejoin_all(run.source)
    for reread in difference.rereads:
        _record(reread)


def _values(prospect: Prospect, on_record: Mapping[int, int]) -> Iterator[Any]:
    yield from (getattr(prospect, column) for column in COLUMNS)
    yield from (on_record[getattr(prospect, column)] for column in RUNS)


def _correct(source: Source, ledger: Ledger, on_record: Mapping[int, int]) -> None:
    """What both sides have stays where it is, under the primary key that others know."""
    for page in _pages(ledger.lost):
        Change.objects.filter(pk__in=page).delete()
    pks = _numbers(source)
    seen = (
        (pks[number], on_record[run], *told)
        for page in _pages(ledger.found)
        for number, run, *told in Change.objects.using(SCRATCH)
        .filter(pk__in=page)
        .order_by("pk")
        .values_list("prospect__native_id", "run", *LEDGER[2:])
    )
    store.insert("prospects_change", LEDGER, seen)


def _numbers(source: Source) -> dict[str, int]:
    return dict(Prospect.objects.of(source.key).values_list("native_id", "pk"))


def _write_absences(source: Source, on_record: Mapping[int, int]) -> None:
    """Nobody notes anything about an absence: all of them are written anew."""
    Absence.objects.filter(prospect__source=source).delete()
    pks, facts = _numbers(source), ("left_at", "back_at", "declared")
    seen = Absence.objects.using(SCRATCH).values_list("prospect__native_id", "run", *facts)
    Absence.objects.bulk_create(
        Absence(prospect_id=pks[number], run_id=on_record[run], **dict(zip(facts, told, strict=True)))
        for number, run, *told in seen
    )


def _set_aside(run: Run, gone: Sequence[Prospect], now: datetime) -> None:
    """Nobody deletes a prospect that a person may have noted something about; it says why it is gone."""
    for page in _pages([prospect.pk for prospect in gone]):
        Prospect.objects.filter(pk__in=page).update(
            state=Prospect.State.EXPIRED,
            digest=NO_DIGEST,
            left_at=Coalesce("left_at", Value(now)),
            gone_seen_at=Coalesce("gone_seen_at", Value(run.source.last_good_at)),
        )
    kind, significance = Change.Kind.EXPIRED.value, Change.Significance.LOW.value
    told = ((it.pk, run.pk, kind, NUMBER, it.native_id, None, None, False, significance, now) for it in gone)
    store.insert("prospects_change", LEDGER, told)


def _record(reread: Reread) -> None:
    """How an edition reads today, for pages and for the gate; what the run did when it ran stays."""
    kept, today = reread.kept, reread.today
    if today.status == Run.Status.SUCCEEDED:
        Run.objects.filter(pk=kept.pk).update(**{name: getattr(today, name) for name in READ_AS})
    if facts := edition_facts(today):
        rows, complete = facts
        edition = {"source": kept.source, "observed_at": kept.observed_at, "rows": rows, "complete": complete}
        Edition.objects.update_or_create(run=kept, defaults=edition)
    else:
        Edition.objects.filter(run=kept).delete()


def _pages(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pks[start : start + PAGE] for start in range(0, len(pks), PAGE))


def _end(run: Run, difference: Difference, former: Artifact) -> None:
    changed = sum(pair.reads_otherwise() for pair in difference.differing)
    new, gone = len(difference.new), len(difference.gone)
    runs.end(
        run,
        Run.Status.SUCCEEDED,
        now=timezone.now(),
        artifact=former,
        rows=difference.prospects,
        new=new,
        changed=changed,
        unchanged=difference.prospects - changed - new - gone,
        gone=gone,
        rejected=0,
        notes=[
            f"archived editions read again with today's code; what stood before is kept in {former.filename}"
        ],
    )
