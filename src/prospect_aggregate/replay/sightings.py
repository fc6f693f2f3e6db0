"""What is read again of a source: the bytes that were let in, in the order in which they were seen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prospect_aggregate.collection import archive
from prospect_aggregate.collection.models import Edition, Ruling, Run, Source


class CannotReplayError(ValueError):
    """Nothing can be replayed, or nothing applied; the message says why, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One good run, as it is done again: the bytes that it saw, and when."""

    run: int
    at: datetime
    sha256: str
    complete: bool
    again: bool
    """The bytes of the sighting before it: nothing to read, but the list was last seen then."""


def sightings_of(source: Source) -> list[Sighting]:
    """Raises CannotReplayError when an edition's bytes are not in the archive."""
    _check_editions(source)
    partial = set(
        Ruling.objects.standing()
        .filter(admitted__source=source, verdict=Ruling.Verdict.PARTIAL)
        .values_list("admitted_id", flat=True)
    )
    good = source.runs.good().exclude(artifact=None).order_by("observed_at", "pk").select_related("artifact")
    seen = [_sighting(run, again=again, complete=run.pk not in partial) for run, again in _told(good)]
    if not seen:
        raise CannotReplayError(f"{source}: no edition is kept yet; `prospects collect {source}` makes one")
    return seen


def _check_editions(source: Source) -> None:
    """An edition that a function gave as drafts has no bytes; one left out would tell another history."""
    bare = Edition.objects.filter(source=source, run__artifact=None).first()
    if bare:
        raise CannotReplayError(f"{source}: run {bare.run_id} kept no file, so its list cannot be read again")


def _told(good: Iterable[Run]) -> Iterator[tuple[Run, bool]]:
    """Of several sightings of the same bytes the first and the last one; they tell all.

    After the newest edition only the first: nothing has left the list since.
    """
    again, newest = None, None
    for run in good:
        if run.status == Run.Status.SUCCEEDED:
            if again:
                yield again, True
            yield run, False
            again, newest = None, run.artifact_id
        elif run.artifact_id == newest:  # else of an edition that was taken back since
            again = run


def _sighting(run: Run, *, again: bool, complete: bool) -> Sighting:
    assert run.artifact and run.observed_at  # noqa: S101, PT018  # chosen by the first; a good run has the second
    if not archive.path_of(run.artifact.sha256).exists():
        raise CannotReplayError(
            f"{run.source}: the archive has lost the edition of {run.observed_at:%Y-%m-%d} (run {run.pk}): "
            f"{archive.path_of(run.artifact.sha256)} is not there; bring it back from a copy"
        )
    return Sighting(
        run=run.pk, at=run.observed_at, sha256=run.artifact.sha256, complete=complete, again=again
    )
