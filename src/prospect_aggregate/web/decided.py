"""What a decision remembers of its prospect, and what has moved since."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet

from prospect_aggregate.collection import audit
from prospect_aggregate.prospects.ledger import PARTS, interval
from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.web import detail
from prospect_aggregate.web.models.decisions import LONGEST_REASON, Decision, UnfitDecisionError
from prospect_aggregate.web.models.people import Person
from prospect_aggregate.web.models.texts import storable

WATCHED = (
    "set_aside", "contract_vehicle", "competition", "value", "phase", "solicitation", "award", "naics_codes",
    "place", "incumbent_name", "incumbent_ends", "clearance", "solicitation_number",
)  # fmt: skip
"""Fields on which a go hangs."""
_READ = [
    f"prospect__{column}"
    for field in WATCHED
    for column in (*PARTS[field].columns, PARTS[field].text)
    if column
]
STANDING, LEARNT = "standing_decisions", "learnt_at"
"""What `with_decisions` leaves at a prospect, and at a change: when the run ended that brought it."""
DECIDED = {
    Decision.Verdict.GO: "you decided Go", Decision.Verdict.NO_GO: "you decided No-go",
    Decision.Verdict.UNDECIDED: "you left it undecided",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moved:
    """A watched field that reads otherwise than when it was decided."""

    field: str
    label: str
    old: str
    new: str


def decide(prospect: Prospect, verdict: str, reason: str, *, by: Person, now: datetime) -> Decision:
    """Raises UnfitDecisionError."""
    why = " ".join(storable(reason).split())
    if verdict not in Decision.Verdict.values:
        raise UnfitDecisionError(f"decide one of {', '.join(Decision.Verdict.values)}")
    if not why or len(why) > LONGEST_REASON:
        raise UnfitDecisionError(f"say why, in 1 to {LONGEST_REASON:,} letters")
    kept = kept_of(prospect)
    with transaction.atomic():
        made = Decision.objects.create(
            prospect=prospect, verdict=verdict, reason=why, by=by, at=now, kept=kept
        )
        audit.record("decide", "decision", made.pk, after=made.facts)
    return made


def decide_on(
    prospects: Iterable[Prospect], verdict: str, reason: str, *, by: Person, now: datetime
) -> list[Decision]:
    """The same of each, or of none. Raises UnfitDecisionError."""
    with transaction.atomic():
        return [decide(prospect, verdict, reason, by=by, now=now) for prospect in prospects]


def kept_of(prospect: Prospect) -> dict[str, str | None]:
    """Each watched field as the ledger writes it, and whether it is on the list."""
    return {field: _written(prospect, field) for field in ("state", *WATCHED)}


def moved_since(decision: Decision, prospect: Prospect, *, day: date) -> list[Moved]:
    return list(_moves(decision.kept, kept_of(prospect), day))


def with_decisions(changes: QuerySet[Change]) -> QuerySet[Change]:
    """Each with what was decided of its prospect, for `since_decided`; one query for all of them."""
    standing = Decision.objects.standing()
    learnt = changes.annotate(**{LEARNT: F("run__finished_at")})
    return learnt.prefetch_related(Prefetch("prospect__decisions", standing, to_attr=STANDING))


def hanging(these: Q) -> frozenset[int]:
    """Of these changes, by number, those of what no longer reads as the team decided on it."""
    decided = Decision.objects.standing().order_by().values("prospect")
    may = Change.objects.filter(these, prospect__in=decided, field__in=("", *WATCHED)).order_by()
    found = with_decisions(may.select_related("prospect").only("kind", "field", "prospect__state", *_READ))
    return frozenset(change.pk for change in found if since_decided(change))


def since_decided(change: Change) -> str:
    """`since you decided Go on 18 May 2026`, where this change is of what no longer reads as it did then."""
    decided: list[Decision] = getattr(change.prospect, STANDING, [])
    if not decided or not _moved(change, decided[0]):
        return ""
    at = decided[0].at
    return f"since {DECIDED[Decision.Verdict(decided[0].verdict)]} on {at.day} {at:%b %Y}"


def _moved(change: Change, decision: Decision) -> bool:
    """What was learnt before was decided on; that a prospect was seen at all is no move of it."""
    learnt: datetime | None = getattr(change, LEARNT, None)
    if change.kind == Change.Kind.LISTED or (learnt and learnt <= decision.at):
        return False
    field = change.field or "state"
    return field in decision.kept and decision.kept[field] != _written(change.prospect, field)


def _moves(then: dict[str, str | None], now: dict[str, str | None], day: date) -> Iterator[Moved]:
    for field, new in now.items():
        if field in then and then[field] != new:
            label = "On the list" if field == "state" else detail.NAMES[field]
            yield Moved(field, label, _words(field, then[field], day), _words(field, new, day))


def _words(field: str, text: str | None, day: date) -> str:
    change: Any = SimpleNamespace(field=field)
    return detail.kept_text(change, text, day=day)


def _written(prospect: Prospect, field: str) -> str | None:
    if field == "state":
        return prospect.state
    part = PARTS[field]
    values = [getattr(prospect, column) for column in part.columns]
    if not any(value not in (None, [], "") for value in values):
        return getattr(prospect, part.text) if part.text else None
    if part.interval:
        return interval(*values[:2])
    listed = values[0] if isinstance(values[0], list) else values
    return ", ".join(str(item) for item in listed if item not in (None, ""))
