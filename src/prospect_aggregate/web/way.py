"""The way a run took, fetch to ingest, and where on it the run is or stopped."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat

from prospect_aggregate.collection.models import Run

STAGES = ("fetch", "keep", "read", "draft", "judge", "ingest")
GOOD = ("succeeded", "unchanged")
OF_A_FILE = (Run.Purpose.COLLECT, Run.Purpose.ADMIT)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of one run. `state` is done, doing, stopped, held or open."""

    name: str
    state: str
    detail: str = ""


WORDS = {"done": "done", "doing": "in progress", "stopped": "stopped here", "held": "held here", "open": "not reached",
         "skipped": "not needed"}  # fmt: skip


def way_of(run: Run) -> list[Step]:
    """Worked out from what the run left on record: an ended run no longer says where it was.

    A replay and an undo take no file through these stages: they have no way to show.
    """
    if run.purpose not in OF_A_FILE:
        return []
    return [
        Step(name, state, _detail(run, name, state)) for name, state in zip(STAGES, _states(run), strict=True)
    ]


def _states(run: Run) -> Iterator[str]:
    if run.status == Run.Status.UNCHANGED:
        yield from (
            "done",
            "done" if run.artifact_id else "skipped",
            "skipped",
            "skipped",
            "skipped",
            "skipped",
        )
        return
    reached = _reached(run)
    for position in range(len(STAGES)):
        yield "done" if position < reached else _there(run) if position == reached else "open"


def _reached(run: Run) -> int:
    """How many stages are behind the run."""
    if run.status == Run.Status.SUCCEEDED:
        return len(STAGES)
    if run.status in (Run.Status.QUEUED, Run.Status.CANCELLED):
        return 0
    told = STAGES.index(run.stage) if run.stage in STAGES else 0
    judged = 4 + all(finding["passed"] for finding in run.verdict) if run.verdict else 0
    return max(told, judged, 2 if run.artifact_id else 0)


def _there(run: Run) -> str:
    if run.status == Run.Status.STARTED:
        return "doing"
    if run.status in (Run.Status.QUEUED, Run.Status.CANCELLED):
        return "open"
    return "held" if run.status == Run.Status.QUARANTINED else "stopped"


def _detail(run: Run, name: str, state: str) -> str:
    if name == "fetch" and run.given_id:
        return "a file given by a person" if run.purpose == Run.Purpose.COLLECT else "kept before"
    if state in ("open", "skipped"):
        return ""
    told = {
        "fetch": filesizeformat(run.bytes).replace("\xa0", " ") if run.bytes else "",
        "keep": run.artifact.sha256[:12] if run.artifact else "",
        "read": f"{run.rows:,} rows" if run.rows is not None else "",
        "draft": f"{run.rejected:,} rejected" if run.rejected is not None else "",
        "judge": _judged(run),
        "ingest": f"{run.new or 0:,} new, {run.changed or 0:,} changed" if run.new is not None else "",
    }
    return told[name]


def _judged(run: Run) -> str:
    passed = sum(bool(finding["passed"]) for finding in run.verdict)
    return f"{passed} of {len(run.verdict)} passed" if run.verdict else ""
