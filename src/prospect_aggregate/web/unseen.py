"""What a person has not seen as one list, for programs that read lists."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from prospect_aggregate.prospects.feed import Narrow
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.prospects.objects import change_object
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.seen import Unseen

AT_ONCE = 500


def unseen_objects(person: Person, *, source: str = "", now: datetime) -> Iterator[dict[str, Any]]:
    """Each change with its group, the gravest first; those that the page counts, so no small edits."""
    feed = Unseen.by(person, now=now).feed(Narrow(source=source))
    told = [(it.pk, section.group) for section in feed.loud for it in section.changes]
    for some in (told[at : at + AT_ONCE] for at in range(0, len(told), AT_ONCE)):
        known = Change.objects.select_related("prospect__source").in_bulk([pk for pk, _ in some])
        yield from (change_object(known[pk]) | {"group": str(group)} for pk, group in some if pk in known)
