"""Editions: an agency's list as it stands on a day, a week apart, the last one today."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import BinaryIO

from prospect_aggregate.sandbox.listing import Listing
from prospect_aggregate.sandbox.replica import Replica, replica, replicas

COUNT = 6
SEED = 1

Change = Callable[[Listing, Replica], Listing]


@dataclass(frozen=True, slots=True)
class Edition:
    """The list of one agency on one day; making it again gives the same bytes."""

    replica: Replica
    number: int
    day: date
    seed: int = SEED
    scale: float = 1

    def __str__(self) -> str:
        return f"{self.replica.key}-{self.number}"

    def listing(self) -> Listing:
        return self.replica.listing(self.seed, self.day, self.scale)

    def write(self, stream: BinaryIO, change: Change | None = None) -> None:
        """As bytes, row by row; `change` is a fault in the list."""
        listing = self.listing()
        self.replica.write(change(listing, self.replica) if change else listing, stream, self.day)

    def content(self, change: Change | None = None) -> bytes:
        stream = BytesIO()
        self.write(stream, change)
        return stream.getvalue()


def edition(
    key: str, number: int, *, today: date, seed: int = SEED, scale: float = 1, count: int = COUNT
) -> Edition:
    """The edition `number` of `count`, the last of them today's; a number beyond looks weeks ahead."""
    if number < 1:
        raise ValueError(f"edition {number}: they are numbered from 1")
    return Edition(replica(key), number, today - timedelta(weeks=count - number), seed, scale)


def editions(
    key: str, *, today: date, seed: int = SEED, scale: float = 1, count: int = COUNT
) -> list[Edition]:
    return [
        edition(key, number, today=today, seed=seed, scale=scale, count=count)
        for number in range(1, count + 1)
    ]


def chosen(keys: Iterable[str] | None) -> list[str]:
    """The replicas of these sources, or of all."""
    return list(replicas()) if keys is None else [replica(key).key for key in keys]
