"""What a batch came to, in one sentence."""

from collections.abc import Mapping

from prospect_aggregate.collection.batches import Outcome, Standing
from prospect_aggregate.web.sentences import STATES

SHAPES: Mapping[str, tuple[str, str]] = {
    Outcome.IN_PROGRESS: ("running", "In progress"),
    Outcome.SUCCEEDED: ("fresh", "Succeeded"),
    Outcome.FAILED: ("failing", "Failed"),
}
"""By outcome, its shape and its word."""


def sentence(standing: Standing) -> str:
    """`11 good, 1 waiting; Commerce: held for review.`"""
    counts = ((standing.good, "good"), (standing.going, "in progress"), (standing.waiting, "waiting"))
    told = ", ".join(f"{len(found):,} {word}" for found, word in counts if found)
    bad = [f"{run.source.name}: {STATES[run.status][1].lower()}" for run in standing.bad]
    return "; ".join(part for part in (told, ", ".join(bad)) if part) + "."
