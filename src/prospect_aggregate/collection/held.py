"""Editions that the gate holds: which ones wait for a person, and what was ruled about them."""

from datetime import datetime

from prospect_aggregate.collection.gate import HeldAgainError
from prospect_aggregate.collection.models import Artifact, Edition, Ruling, Run, RunQuerySet, Source


class CannotRuleError(ValueError):
    """Nothing can be ruled about this run now; the message says why, and where to go instead."""


def judged() -> RunQuerySet:
    """Runs that the gate held. Those that met the same bytes again were not judged, and have no verdict."""
    return (
        Run.objects.filter(status=Run.Status.QUARANTINED)
        .exclude(verdict=[])
        .select_related("source", "artifact")
    )


def refuse_again(artifact: Artifact) -> None:
    """Raises HeldAgainError when these bytes were held and never let in since."""
    held = judged().select_related(None).filter(artifact=artifact)
    run = held.only("error").order_by("-pk").first()  # every run of a new file asks
    if run is None:
        return
    ruling = run.rulings.standing().first()
    if ruling is None or ruling.verdict == Ruling.Verdict.OUT:
        kept = "was kept out by a person" if ruling else "is held"
        raise HeldAgainError(f"{run.error} (the same bytes as in run {run.pk}, which {kept})")


def waiting(source: Source | None = None) -> list[Run]:
    """The newest held edition of each source that nobody ruled about, while no newer edition was let in."""
    newest: dict[int, Run] = {}
    for run in judged().order_by("pk"):
        newest[run.source_id] = run
    chosen = [run for run in newest.values() if source is None or run.source_id == source.pk]
    return [run for run in chosen if why_not(run) is None]


def ruling_of(run: Run) -> Ruling | None:
    """The one that stands."""
    return run.rulings.standing().first()


def last_ruling(run: Run) -> Ruling:
    """Raises CannotRuleError when nothing was ruled about this run."""
    if (ruling := ruling_of(run)) is None:
        raise CannotRuleError(
            f"nothing was decided about run {run.pk}; `prospects review` lists what is held"
        )
    return ruling


def superseded_by(run: Run) -> Run | None:
    """A newer held edition of the source, or one that was let in since; only the newest can be ruled about."""
    newer = judged().filter(source=run.source, pk__gt=run.pk).order_by("-pk").first()
    admitted = Edition.objects.filter(source=run.source, run__pk__gt=run.pk).exclude(
        run__admitted_by__held=run
    )
    later = admitted.order_by("-observed_at").first()
    return newer or (later.run if later else None)


def seen_last(run: Run) -> datetime:
    """When the held bytes were last served: the day of the edition, should it be let in."""
    again = Run.objects.filter(source=run.source, artifact=run.artifact, status=Run.Status.QUARANTINED)
    newest = again.order_by("-started_at").first() or run
    return newest.observed_at or newest.started_at or newest.queued_at


def check_open(run: Run) -> None:
    """Raises CannotRuleError unless this is the newest held edition of its source, and nobody ruled about it."""
    if reason := why_not(run):
        raise CannotRuleError(reason)


def why_not(run: Run) -> str | None:
    """Why nothing can be ruled about a run; None when something can."""
    if run.status != Run.Status.QUARANTINED:
        return f"run {run.pk} of {run.source} is not held; it is {run.status}"
    if not run.verdict or run.artifact is None:
        return f"run {run.pk} kept no edition of its own; `prospects review {run.source}` names the one that is held"
    if newer := superseded_by(run):
        word = "held" if newer.status == Run.Status.QUARANTINED else "let in"
        return f"run {run.pk} is not the newest: the edition of run {newer.pk} was {word} after it"
    if ruling := ruling_of(run):
        done = "kept out" if ruling.verdict == Ruling.Verdict.OUT else "let in"
        return f"run {run.pk} was {done} by {ruling.by} on {ruling.at:%Y-%m-%d}; undo that first"
    good = run.source.last_good_at
    if good and good >= seen_last(run):
        return f"{run.source} has served its former list again since run {run.pk}: nothing is held any more"
    return None
