"""Drafts into prospects and changes: one transaction, and only what changed is written."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from prospect_aggregate.collection import alerts, clock, runs
from prospect_aggregate.collection.models import Artifact, Edition, Run, Source
from prospect_aggregate.collection.outcomes import FencedError
from prospect_aggregate.prospects import pairs, reusing, store, undo
from prospect_aggregate.prospects.ledger import Difference, window_of
from prospect_aggregate.prospects.models import Absence, Change, Prospect
from prospect_aggregate.prospects.record import COLUMNS, filled_of
from prospect_aggregate.prospects.rereading import PAGE, SLIP, rereadings
from prospect_aggregate.prospects.sift import Known, Sifted
from prospect_aggregate.prospects.slips import slip_of
from prospect_aggregate.prospects.words import words_of

logger = logging.getLogger(__name__)
State, Kind, Significance = Prospect.State, Change.Kind, Change.Significance
LEDGER = (
    "prospect_id",
    "run_id",
    "kind",
    "field",
    "old",
    "new",
    "shift_days",
    "shift_at_least",
    "significance",
    "at",
)


ANCHORS = ("award_to", "solicitation_to", "incumbent_ends_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A run, and the time of the edition it ingests."""

    run: Run
    at: datetime
    previous: datetime | None
    """When the source was last observed before."""

    def change(
        self, prospect: int, kind: Change.Kind, significance: Change.Significance
    ) -> tuple[object, ...]:
        return (prospect, self.run.pk, kind.value, "", None, None, None, False, significance.value, self.at)

    def changed(self, prospect: int, it: Difference) -> tuple[object, ...]:
        days = it.shift.days if it.shift else None
        at_least = bool(it.shift and it.shift.at_least)
        what = (it.field, it.old, it.new, days, at_least, it.significance.value)
        return (prospect, self.run.pk, Kind.CHANGED.value, *what, self.at)


def ingest(run: Run, sifted: Sifted, known: Known, *, artifact: Artifact | None, at: datetime) -> Run:
    """Write one admitted edition and end its run `succeeded`, all or nothing.

    Raises FencedError when the run is no longer ours: it was cancelled, or called lost.
    """
    edited = Edited(run=run, at=at, previous=run.source.last_good_at)
    likely = pairs.likely(run, sifted, known)
    run.notes = run.notes + pairs.notes_of(likely)
    with transaction.atomic():
        _fence(run)
        if run.purpose == Run.Purpose.ADMIT:
            undo.remember(run)
        changed = _touch(edited, sifted)
        _list(edited, sifted)
        back = _bring_back(edited, sifted, known)
        gone = known.expected() - sifted.present() if run.complete else set()
        if sifted.fresh or changed or back or gone:
            if run.complete:
                _count_absences(edited, sifted, gone)
            undo.forget(run.source, but=run)
            Edition.objects.create(
                source=run.source, run=run, observed_at=at, rows=sifted.rows, complete=run.complete
            )
        pairs.suggest(run, likely, at=at)
        _end(edited, sifted, artifact, changed=changed, gone=len(gone))
    logger.info("run %s: %s new, %s changed, %s gone", run.pk, run.new, run.changed, run.gone)
    return run


def keep_rejected(run: Run, sifted: Sifted) -> None:
    """Rows that became no draft, on record also when the edition is held because of them."""
    rows = ((run.pk, row.number, row.reason, dict(row.raw)) for row in sifted.rejected)
    if sifted.rejected:
        store.insert("collection_rejectedrow", ("run_id", "number", "reason", "raw"), rows)


def _fence(run: Run) -> None:
    """The first statement takes the run's row: nobody can end it under us, and nobody did."""
    if not Run.objects.filter(pk=run.pk, status=Run.Status.STARTED).update(stage="ingest"):
        raise FencedError(f"run {run.pk} was ended by somebody else; nothing was written")


def _touch(edited: Edited, sifted: Sifted) -> int:
    """Rewrite the prospects whose rows were touched; returns how many read differently."""
    if not sifted.touched:
        return 0
    ledger: list[tuple[object, ...]] = []
    rewritten, moved, again, changed = [], [], [], 0
    for it in rereadings(sifted):
        ledger += [edited.changed(it.pk, difference) for difference in it.differences]
        made = (it.digest, filled_of(it.new), words_of(it.new), edited.run.pk)
        rewritten.append((*it.new, *made, it.pk))
        changed += bool(it.differences)
        if it.moved:
            moved.append((*it.slip, it.pk))
        if it.reused:
            again.append((it.pk, it.reused))
    store.update("prospects_prospect", [*COLUMNS, "digest", "filled", "words", "last_run_id"], rewritten)
    store.update("prospects_prospect", SLIP, moved)
    store.insert("prospects_change", LEDGER, ledger)
    reusing.suspect(edited.run, again, at=edited.at)
    return changed


def _list(edited: Edited, sifted: Sifted) -> None:
    """Insert the prospects not known before, each with the change that lists it."""
    if not sifted.fresh:
        return
    columns = [
        *COLUMNS,
        "digest",
        "filled",
        "words",
        "source_id",
        "state",
        "first_run_id",
        "last_run_id",
        "first_seen_at",
        *SLIP,
    ]
    store.insert("prospects_prospect", columns, _fresh_rows(edited, sifted))
    significance = (
        Significance.NORMAL if edited.previous else Significance.LOW
    )  # all of a first edition is new
    _, *said = edited.change(0, Kind.LISTED, significance)
    store.insert_for("first_run_id", edited.run.pk, "prospects_change", LEDGER, said)


def _fresh_rows(edited: Edited, sifted: Sifted) -> Iterator[tuple[object, ...]]:
    run = edited.run
    facts = (run.source_id, State.LISTED.value, run.pk, run.pk, edited.at)
    for drafted in sifted.fresh.values():
        slip = slip_of(window_of(drafted.record, "solicitation"))
        made = (drafted.digest, drafted.filled, words_of(drafted.record))
        yield (*drafted.record, *made, *facts, *slip)


def _bring_back(edited: Edited, sifted: Sifted, known: Known) -> int:
    """Prospects that were away and stand on the list again."""
    back = {pk for pk in sifted.present() if known.state[pk] != State.LISTED}
    declared = sorted(pk for pk in back if known.state[pk] != State.MISSING)
    _keep_absences(edited, sorted(back), set(declared))
    _set_state(back, State.LISTED, left_at=None, gone_seen_at=None)
    high = Significance.HIGH
    store.insert("prospects_change", LEDGER, (edited.change(pk, Kind.REAPPEARED, high) for pk in declared))
    return len(back)


def _keep_absences(edited: Edited, back: list[int], declared: set[int]) -> None:
    """When they had been away, which their rows say no more once they are listed."""
    for start in range(0, len(back), PAGE):
        away = Prospect.objects.filter(pk__in=back[start : start + PAGE])
        Absence.objects.bulk_create(
            Absence(prospect_id=pk, run=edited.run, left_at=left, back_at=edited.at, declared=pk in declared)
            for pk, left in away.order_by("pk").values_list("pk", "left_at")
            if left
        )


def _count_absences(edited: Edited, sifted: Sifted, gone: set[int]) -> None:
    """A first absence is noted, a second one in a row declares the prospect gone."""
    missing = Prospect.objects.filter(source=edited.run.source, state=State.MISSING).only(*ANCHORS, "phase")
    here = sifted.present() | gone
    twice = [prospect for prospect in missing if prospect.pk not in here]
    for state, kind, significance in (
        (State.EXPIRED, Kind.EXPIRED, Significance.LOW),
        (State.WITHDRAWN, Kind.WITHDRAWN, Significance.HIGH),
    ):
        left = sorted(prospect.pk for prospect in twice if gone_state(prospect, edited.at.date()) == state)
        _set_state(left, state)
        store.insert("prospects_change", LEDGER, (edited.change(pk, kind, significance) for pk in left))
    _set_state(gone, State.MISSING, left_at=edited.at, gone_seen_at=edited.previous)


def gone_state(prospect: Prospect, today: date) -> str:
    """What a prospect is that two editions in a row do not have (fields.md R3, R4).

    Its anchor is the award window, else the solicitation window, else the end of the current contract: `withdrawn`
    while the anchor is ahead, else `expired`, also when the agency had closed it or never gave a date.
    """
    award, solicitation, contract = (getattr(prospect, name) for name in ANCHORS)
    anchor = award or solicitation or contract
    ahead = anchor is not None and anchor >= today
    return State.WITHDRAWN if ahead and not prospect.closed else State.EXPIRED


def _set_state(pks: Iterable[int], state: Prospect.State, **facts: object) -> None:
    wanted = sorted(pks)
    for start in range(0, len(wanted), 500):
        Prospect.objects.filter(pk__in=wanted[start : start + 500]).update(state=state, **facts)


def _end(edited: Edited, sifted: Sifted, artifact: Artifact | None, *, changed: int, gone: int) -> None:
    """The last writes: the source's newest good edition, and the run's final status."""
    newest, now = Q(last_good_at=None) | Q(last_good_at__lt=edited.at), clock.now()
    Source.objects.filter(newest, pk=edited.run.source_id).update(last_good_at=edited.at, last_good=artifact)
    alerts.close_all(edited.run.source, now=now)
    ended = runs.end(
        edited.run,
        Run.Status.SUCCEEDED,
        now=now,
        observed_at=edited.at,
        rows=sifted.rows,
        new=len(sifted.fresh),
        changed=changed,
        unchanged=len(sifted.present()) - changed,
        gone=gone,
        rejected=len(sifted.rejected),
        notes=edited.run.notes,
    )
    if not ended:
        raise FencedError(f"run {edited.run.pk} was ended by somebody else; nothing was written")
