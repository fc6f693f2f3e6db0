"""What kind a home is: real for good, or sample for good, from its first start."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from prospect_aggregate.collection.models import Home
from prospect_aggregate.scrapers.errors import BlockedError


class Kind(StrEnum):
    """Sample data must never be taken for an agency's, nor stand among it."""

    REAL = "real"
    SAMPLE = "sample"


class WrongHomeError(Exception):
    """This home is of the other kind."""


OTHER_WAY = {
    Kind.REAL: "start it with `prospects up`, or give the demo a folder of its own by PROSPECTS_HOME",
    Kind.SAMPLE: "start it with `prospects up --demo`, or choose another folder by PROSPECTS_HOME",
}


def kind() -> Kind | None:
    """None before the first start."""
    found = Home.objects.first()
    return Kind(found.kind) if found else None


def claim(wanted: Kind) -> None:
    """Make a new home of this kind. Raises WrongHomeError when it is of the other one."""
    home, _ = Home.objects.get_or_create(pk=1, defaults={"kind": wanted.value})
    if home.kind != wanted:
        raise WrongHomeError(f"{settings.HOME} holds {home.kind} data: {OTHER_WAY[Kind(home.kind)]}")


def announce(replicas: Mapping[str, str]) -> None:
    """Tell other processes of a sample home where its replicas listen: host → address."""
    _announcement().write_text(json.dumps(dict(replicas)))


def announced() -> Mapping[str, str]:
    """Where the replicas of this home listen, or listened last. Raises FileNotFoundError when there were none."""
    replicas: dict[str, str] = json.loads(_announcement().read_text())
    return replicas


def hosts() -> Mapping[str, str]:
    """Hosts whose requests go elsewhere. A sample home never reaches an agency.

    Raises BlockedError in a sample home whose replicas were never started.
    """
    if settings.HOSTS or kind() is not Kind.SAMPLE:
        return dict(settings.HOSTS)
    try:
        return announced()
    except FileNotFoundError as error:
        raise BlockedError(
            "this home holds sample data; start its replicas with `prospects up --demo`"
        ) from error


def _announcement() -> Path:
    root: Path = settings.HOME
    return root / "replicas.json"
