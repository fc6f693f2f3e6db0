"""Requests made together, and what came of them: worked out from their runs whenever somebody asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from prospect_aggregate.collection import audit, runs
from prospect_aggregate.collection.models import Batch, Run, Source
from prospect_aggregate.scrapers.registry import Registered

GOOD = (Run.Status.SUCCEEDED, Run.Status.UNCHANGED)


class Outcome(StrEnum):
    IN_PROGRESS = "in progress"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a batch stands. Of each request its newest attempt counts, or that of the run that met it."""

    batch: Batch
    runs: list[Run]
    """One for each request, in the order of their sources' names."""

    def _with(self, *statuses: Run.Status) -> list[Run]:
        return [run for run in self.runs if run.status in statuses]

    @property
    def waiting(self) -> list[Run]:
        return self._with(Run.Status.QUEUED)

    @property
    def going(self) -> list[Run]:
        return self._with(Run.Status.STARTED)

    @property
    def good(self) -> list[Run]:
        return self._with(*GOOD)

    @property
    def bad(self) -> list[Run]:
        """Ended, and not well: also what a person cancelled, or must decide about."""
        return [run for run in self.runs if run.ended and run.status not in GOOD]

    @property
    def outcome(self) -> Outcome:
        if self.waiting or self.going:
            return Outcome.IN_PROGRESS
        return Outcome.FAILED if self.bad else Outcome.SUCCEEDED


def ask(wanted: Iterable[Registered], *, reason: str, by: str, force: bool = False) -> Batch:
    """Ask for each of them, all or none. The same reason again is the same batch."""
    with transaction.atomic():
        batch, is_new = Batch.objects.get_or_create(request=reason, defaults={"force": force, "asked_by": by})
        for registered in wanted if is_new else ():
            source = Source.objects.of(registered)
            runs.request(source, reason=reason, trigger=Run.Trigger.BATCH, batch=batch, force=force)
        if is_new:
            audit.record("collect all", "batch", batch.pk, after={"force": force})
    return batch


def standing_of(batch: Batch) -> Standing:
    return standings([batch])[0]


def standings(batches: Iterable[Batch]) -> list[Standing]:
    """In the order given. One query, and one for each run that was met by another."""
    wanted = list(batches)
    newest: dict[int | None, dict[int, Run]] = defaultdict(dict)
    asked = Run.objects.filter(batch__in=wanted).select_related("source", "covered_by").order_by("attempt")
    for run in asked.defer("layout", "headings", "filled", "notes", "verdict"):
        newest[run.batch_id][run.source_id] = run
    return [Standing(batch, _in_order(newest[batch.pk].values())) for batch in wanted]


def _in_order(requests: Iterable[Run]) -> list[Run]:
    return sorted(map(_deciding, requests), key=lambda run: run.source.name.casefold())


def _deciding(run: Run) -> Run:
    """What was met by another run is as that one is, or its newest attempt."""
    while cover := run.covered_by:
        attempts = Run.objects.filter(source=cover.source_id, request=cover.request)
        run = attempts.select_related("source", "covered_by").latest("attempt")
    return run
