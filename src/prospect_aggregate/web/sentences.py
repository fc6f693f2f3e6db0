"""What a run came to, in one sentence: the same in the list of runs, on its page and wherever else it is told."""

from collections.abc import Callable, Mapping

from django.template.defaultfilters import filesizeformat

from prospect_aggregate.collection.models import Ruling, Run

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


REASONS = {
    "new_fiscal_year": "a new fiscal year",
    "clean_up": "clean-up by the agency",
    "other": "another reason",
}
"""Why a person lets a whole list in."""
_RULED = {"whole": "let in", "partial": "let in as a partial list", "out": "kept out"}


def sentence(run: Run) -> str:
    """With who decided it, where a person did."""
    ruling = ruling_behind(run)
    if ruling is None:
        return _SENTENCES[run.status](run)
    if run.purpose == Run.Purpose.UNDO:
        return _taken_back(run, ruling)
    said = ruled(ruling)
    return f"{_SENTENCES[run.status](run)} {said[:1].upper()}{said[1:]}."


def ruling_behind(run: Run) -> Ruling | None:
    """The one that stands over a held run, or that this run carries out or takes back."""
    if run.status == Run.Status.QUARANTINED:
        return next((each for each in run.rulings.all() if each.undone_at is None), None)
    before, _, number = run.request.rpartition("ruling ")
    if run.purpose not in (Run.Purpose.ADMIT, Run.Purpose.UNDO) or before not in ("", "undo of "):
        return None
    return Ruling.objects.filter(pk=number).select_related("admitted").first() if number.isdigit() else None


def ruled(ruling: Ruling) -> str:
    """`let in by ana: clean-up by the agency, “they closed 2023”`; and who took it back."""
    why = REASONS.get(ruling.reason) if ruling.verdict == Ruling.Verdict.WHOLE else None
    said = f"{_RULED[ruling.verdict]} by {ruling.by}: {f'{why}, ' if why else ''}“{ruling.note}”"
    return f"{said}; taken back by {ruling.undone_by}" if ruling.undone_at else said


def _taken_back(run: Run, ruling: Ruling) -> str:
    """It counts the other way round: what had gone came, what had come went."""
    counts = [(run.new, "listed again"), (run.gone, "not listed any more")]
    told = ", ".join(f"{count:,} {words}" for count, words in counts if count)
    let_in = f"run {ruling.admitted_id} had let in"
    return f"{ruling.undone_by} took back what {let_in}: {told or 'nothing was listed otherwise'}."


def _queued(run: Run) -> str:
    return f"Attempt {run.attempt}, not started yet." if run.attempt > 1 else "Not started yet."


def _started(run: Run) -> str:
    doing = STAGES.get(run.stage, "Started")
    fetched = run.bytes if run.stage == "fetch" else None
    so_far = f"{run.rows:,} rows" if run.rows else _size(fetched) if fetched else ""
    return f"{doing}, {so_far} so far." if so_far else f"{doing}."


def _size(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")


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
    return begun(text).rstrip(".") + "."


def begun(text: str) -> str:
    """As a sentence begins; a host or a file's name stays as it is written."""
    return text[:1].upper() + text[1:] if text.partition(" ")[0].rstrip(",").isalpha() else text


def asked_by(run: Run) -> str:
    """Whose wish it was, from the reason kept with the run."""
    kind, _, rest = run.request.partition(" ")
    told = {"slot": f"slot of {rest[:16].replace('T', ' ')} UTC", "click": "a button", "command": "the command line",
            "api": "the API", "message": "a message", "ruling": "deciding on a held edition",
            "undo": "taking a decision back", "upload": "a file given by hand",
            "day": f"daily try of {rest}, because it is blocked"}  # fmt: skip
    return f"{run.trigger}, by {told[kind]}" if kind in told else f"{run.trigger} ({run.request})"


_SENTENCES: Mapping[str, Callable[[Run], str]] = {
    "queued": _queued,
    "started": _started,
    "succeeded": _succeeded,
    "unchanged": _unchanged,
    **dict.fromkeys(("quarantined", "failed", "blocked", "cancelled", "lost"), _ended_badly),
}
