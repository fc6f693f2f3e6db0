"""The slip ledger of one prospect."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from prospect_aggregate.prospects import slip_ledger
from prospect_aggregate.prospects.joined import earlier_names
from prospect_aggregate.prospects.offices import moved_in_bulk
from prospect_aggregate.web import detail
from prospect_aggregate.web.api.lookups import prospect_of
from prospect_aggregate.web.api.paging import only_known
from prospect_aggregate.web.api.session import needs
from prospect_aggregate.web.api.types import Precision, shown
from prospect_aggregate.web.permissions import Permission

router = Router(tags=["prospects"])
Object = dict[str, Any]
Kind = Literal["first", "later", "earlier", "restated", "removed", "given", "reworded"]


class Promise(Schema):
    """One promise of the solicitation, as an edition showed it."""

    kind: Kind = shown("first: the first one seen; restated: no move, told more or less exactly.", "later")
    at: datetime = shown("When that edition was observed.", "2026-05-18T06:00:00+00:00")
    run: int = shown("The run that brought it.", 412)
    first_day: date | None = shown("First day of what was promised; null without a date.", "2026-06-01")
    last_day: date | None = shown("Its last day.", "2026-06-01")
    precision: Precision | None = shown("How exactly it was published.", "day")
    text: str | None = shown("The published words, where no date was read.", "TBD")
    shift_days: int | None = shown("Days from the promise before; later is above zero.", 61)
    at_least: bool = shown("Of another precision than before: it moved this far or further.", example=False)
    bulk: bool = shown("Its office moved many dates this way in that edition.", example=False)
    total_days: int | None = shown("Days from the first dated promise seen.", 61)


class Slip(Schema):
    """Every promise seen of a prospect's solicitation, under all its names."""

    key: str = shown("The prospect.", "dhs:F2026073831")
    moves: int = shown("How often it moved, later or earlier.", 1)
    total_days: int | None = shown("From the first dated promise seen to the last one.", 61)
    total_at_least: bool = shown("True when that is only a lower bound.", example=False)
    promises: list[Promise] = Field(description="The oldest first.")


@router.get(
    "/prospects/{path:key}/slip", response=Slip, operation_id="get_slip", summary="Slip ledger of a prospect"
)
@needs(Permission.SEE)
def get_slip(request: HttpRequest, key: str) -> Object:
    """First promise seen, every move, and the slip in all (it is not the sum of moves where precision changed)."""
    only_known(request, Schema)
    prospect = prospect_of(key, day=timezone.now().date())
    earlier = earlier_names(prospect)
    entries = slip_ledger.ledger_of(prospect, earlier, detail.changes_of(prospect, earlier))
    slip = entries[-1].slip
    return {
        "key": prospect.key,
        "moves": slip.moves,
        "total_days": slip.days,
        "total_at_least": slip_ledger.is_bound(entries),
        "promises": [_promise(entry) for entry in entries],
    }


def _promise(entry: slip_ledger.Entry) -> Object:
    seen, shift = entry.seen, entry.shift
    return {
        "kind": entry.kind,
        "at": seen.at,
        "run": seen.run,
        "first_day": seen.window.first,
        "last_day": seen.window.last,
        "precision": seen.window.precision,
        "text": seen.window.text,
        "shift_days": shift.days if shift else None,
        "at_least": bool(shift and shift.at_least),
        "bulk": bool(entry.is_move and seen.change and moved_in_bulk(seen.change)),
        "total_days": entry.slip.days,
    }
