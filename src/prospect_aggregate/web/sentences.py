"""What a run came to, in one sentence: the same in the list of runs, on its page and wherever else it is told."""

from collections.abc import Callable, Mapping

from prospect_aggregate.collection.models import Run

STATES: Mapping[str, tuple[str, str]] = {  # by status, its shape and its word
    "queued": ("never", "Waiting"),
    "started": ("running", "In progress"),
    "succeeded": ("fresh", "Succeeded"),
    "unchanged": ("same", "Unchanged"),
    "quarantined": ("quarantined", "Held for review"),
    "failed": ("failing", "Failed"),
    "blocked": ("blocked", "Blocked"),
    "cancelled": ("disabled", "Cancelled"),
    "lost": ("failing", "Lost"),
}
STAGES = {
    "fetch": "Fetching", "keep": "Keeping the bytes", "read": "Reading rows", "draft": "Making sense of rows",
    "judge": "Judging", "ingest": "Writing changes",
}  # fmt: skip


def sentence(run: Run) -> str:
    return _SENTENCES[run.status](run)


def _queued(run: Run) -> str:
    return f"Attempt {run.attempt}, not started yet." if run.attempt > 1 else "Not started yet."


def _started(run: Run) -> str:
    doing = STAGES.get(run.stage, "Started")
    return f"{doing}, {run.rows:,} rows so far." if run.rows else f"{doing}."


def _succeeded(run: Run) -> str:
    if run.rows is None:
        return "Done; nothing to store."
    counts = [(run.new, "new"), (run.changed, "changed"), (run.gone, "gone"), (run.rejected, "rejected")]
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return f"{run.rows:,} rows: {told or 'all as before'}."


def _unchanged(run: Run) -> str:  # noqa: ARG001
    return "The same list as last time."


def _ended_badly(run: Run) -> str:
    text = run.error.strip().removeprefix("held for review: ")
    if not text:
        return "No reason was left."
    starts = text.partition(" ")[0].isalpha()  # a host or a file's name stays as it is written
    return (text[:1].upper() + text[1:] if starts else text).rstrip(".") + "."


def asked_by(run: Run) -> str:
    """Whose wish it was, from the reason kept with the run."""
    kind, _, rest = run.request.partition(" ")
    told = {"slot": f"slot of {rest[:16].replace('T', ' ')} UTC", "click": "a button", "command": "the command line",
            "api": "the API", "message": "a message"}  # fmt: skip
    return f"{run.trigger}, by {told[kind]}" if kind in told else f"{run.trigger} ({run.request})"


_SENTENCES: Mapping[str, Callable[[Run], str]] = {
    "queued": _queued,
    "started": _started,
    "succeeded": _succeeded,
    "unchanged": _unchanged,
    **dict.fromkeys(("quarantined", "failed", "blocked", "cancelled", "lost"), _ended_badly),
}
