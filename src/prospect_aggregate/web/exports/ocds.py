"""A release package of the Open Contracting Data Standard 1.1, written release by release."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings

from prospect_aggregate.web.exports.export import SAMPLE, Export
from prospect_aggregate.web.exports.lines import gathered, packed, separated
from prospect_aggregate.web.exports.release import release_of
from prospect_aggregate.web.exports.versions import with_versions

PUBLISHER = "JPS Prospect Aggregate, from the forecasts of U.S. federal agencies"
LOCATION = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_location_extension/v1.1.5/extension.json"
"""Says what `deliveryAddress` is, which the core of 1.1 lacks."""


def write(export: Export) -> Iterator[bytes]:
    head = packed(_package(export))
    yield head[:-1] + b',"releases":['
    versions = replace(export, found=with_versions(export.found))
    prefix = SAMPLE.replace(" ", "-") if export.sample else settings.OCID_PREFIX
    releases = (release_of(each, prefix=prefix) for each in versions.prospects())
    yield from gathered(separated(map(packed, releases)))
    yield b"\n]}\n"


def _package(export: Export) -> dict[str, Any]:
    """It is made when asked for and has no lasting address, so its `uri` is a name."""
    return {
        "uri": f"urn:uuid:{uuid.uuid4()}",
        "version": "1.1",
        "extensions": [LOCATION],
        "publishedDate": export.now,
        "publisher": {"name": f"{PUBLISHER} ({SAMPLE})" if export.sample else PUBLISHER},
    }
