"""Where held editions stand: which one of a source waits, what is looked at instead, what can be undone."""

from dataclasses import dataclass

from prospect_aggregate.collection import held
from prospect_aggregate.collection.health import TROUBLE
from prospect_aggregate.collection.models import Edition, Ruling, Run
from prospect_aggregate.web.states import State


@dataclass(frozen=True, slots=True)
class Holding:
    """A source's newest held edition. It waits for a person, unless `ruling` kept it out."""

    run: Run
    ruling: Ruling | None


def holding_of(state: State) -> Holding | None:
    """None where nothing is held: a good run since then ends that, one that fails or is blocked does not."""
    if state.health.state not in TROUBLE.values():
        return None
    run = held.judged().filter(source=state.source).order_by("-pk").first()
    if run is None:
        return None
    ruling = held.ruling_of(run)
    if ruling is None:
        return Holding(run, None) if held.why_not(run) is None else None
    kept_out = ruling.verdict == Ruling.Verdict.OUT and state.health.state == "quarantined"
    return Holding(run, ruling) if kept_out else None


def elsewhere(run: Run) -> Run | None:
    """Where to look instead of at a run that cannot be decided."""
    if run.status != Run.Status.QUARANTINED:
        return None
    if run.verdict:
        return held.superseded_by(run)
    return held.judged().filter(source=run.source, artifact=run.artifact).order_by("-pk").first()


def can_undo(ruling: Ruling) -> bool:
    """Until the next edition is let in."""
    since = ruling.admitted or ruling.held
    return not Edition.objects.filter(source=ruling.held.source, run__pk__gt=since.pk).exists()


def served_again(run: Run) -> int:
    """How often the held bytes came again."""
    return Run.objects.filter(
        source=run.source, artifact=run.artifact, status=Run.Status.QUARANTINED, pk__gt=run.pk
    ).count()


def held_before(run: Run) -> int:
    """How many editions were held since the last one that was let in; this one stands for them all."""
    newest = Edition.objects.filter(source=run.source).order_by("-observed_at").first()
    since = newest.run_id if newest else 0
    return held.judged().filter(source=run.source, pk__gt=since, pk__lt=run.pk).count()
