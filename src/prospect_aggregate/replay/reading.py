"""What the reading process does: one run for each sighting, through the path that every collection takes."""

import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from django.utils import timezone

from prospect_aggregate.collection import archive, runs
from prospect_aggregate.collection.models import Artifact, Run, Source
from prospect_aggregate.replay.sightings import Sighting
from prospect_aggregate.scrapers.errors import ScraperError
from prospect_aggregate.scrapers.registry import Registered
from prospect_aggregate.tasks.execution import execute

REASON = "run "
"""A run of the fresh database is asked for by the number of the run that it does again."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What the reading process is sent for: the scraper as it is registered here, and what it is to read."""

    registered: Registered
    sightings: Sequence[Sighting]


def read_again(errand_from: BinaryIO) -> None:
    """One line on stdout after each sighting; whatever came of it, failures too, is in the database."""
    errand: Errand = pickle.load(errand_from)  # noqa: S301  # from the process that started this one
    for sighting in errand.sightings:
        _see(sighting, errand.registered)
        sys.stdout.write(f"{sighting.run}\n")
        sys.stdout.flush()


def _see(sighting: Sighting, registered: Registered) -> None:
    source = Source.objects.of(registered)
    artifact = _artifact(source, sighting)
    if sighting.again and artifact != source.last_good:  # it could not be read the first time
        return
    run = runs.request(
        source,
        reason=f"{REASON}{sighting.run}",
        trigger=Run.Trigger.PROGRAM,
        purpose=Run.Purpose.ADMIT,
        given=artifact,
        observed_at=sighting.at,
        complete=sighting.complete,
    )
    with suppress(ScraperError):  # the run says it
        execute(run.pk, registered.run)


def _artifact(source: Source, sighting: Sighting) -> Artifact:
    """On record here; the bytes are those of the real archive."""
    size = archive.path_of(sighting.sha256).stat().st_size
    artifact, _ = Artifact.objects.get_or_create(
        source=source, sha256=sighting.sha256, defaults={"size": size, "fetched_at": timezone.now()}
    )
    return artifact
