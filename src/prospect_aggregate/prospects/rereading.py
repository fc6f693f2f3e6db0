"""Touched rows beside what was read of them before: which fields differ, and by how much."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prospect_aggregate.prospects.ledger import Difference, differences, window_of
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.record import COLUMNS, Record, said
from prospect_aggregate.prospects.reuse import Reused, reused
from prospect_aggregate.prospects.sift import Sifted
from prospect_aggregate.prospects.slips import Slip, slip_of

SLIP = ("first_solicitation_from", "first_solicitation_to", "first_solicitation_precision", "solicitation_moves",
        "solicitation_slip_days")  # fmt: skip
PAGE = 500  # well below SQLite's limit of variables


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """One known prospect whose row was touched; `differences` is empty when it reads as before."""

    pk: int
    digest: bytes
    new: Record
    differences: list[Difference]
    slip: Slip
    """As it is after this reading."""
    moved: bool
    reused: Reused | None = None
    """Why the number may stand for another requirement from now on; its slip then begins anew."""


def rereadings(sifted: Sifted) -> Iterator[Rereading]:
    """In the order of primary keys, read page by page."""
    for pk, old, slip in _old_records(sifted.touched):
        drafted = sifted.touched[pk]
        new = said(drafted.record, old, drafted.origins)
        found = list(differences(old, new))
        moved = any(it.field == "solicitation" for it in found)
        if moved:
            slip = slip.moved_to(window_of(old, "solicitation"), window_of(new, "solicitation"))
        again = reused(old, new)
        if again:
            slip = slip_of(window_of(new, "solicitation"))
        yield Rereading(
            pk=pk,
            digest=drafted.digest,
            new=new,
            differences=found,
            slip=slip,
            moved=moved or again is not None,
            reused=again,
        )


def _old_records(pks: Iterable[int]) -> Iterator[tuple[int, Record, Slip]]:
    wanted, width = sorted(pks), len(COLUMNS)
    for start in range(0, len(wanted), PAGE):
        page = Prospect.objects.filter(pk__in=wanted[start : start + PAGE])
        for pk, *values in page.values_list("pk", *COLUMNS, *SLIP):
            yield pk, tuple(values[:width]), Slip(*values[width:])
