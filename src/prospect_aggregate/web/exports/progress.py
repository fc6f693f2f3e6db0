"""How far a file is that somebody takes away: told on the page that they asked from, while it is written."""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from prospect_aggregate.web.exports.export import Export
from prospect_aggregate.web.models import Person, Taking
from prospect_aggregate.web.models.takings import TICKET

KEPT = timedelta(days=1)
_TICKET = re.compile(f"[A-Za-z0-9_-]{{{TICKET}}}")
Write = Callable[[Export], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Taken:
    """Whose file it is, and of which page."""

    person: Person
    ticket: str

    def begin(self, total: int) -> None:
        now = timezone.now()
        Taking.objects.filter(begun_at__lt=now - KEPT).delete()
        facts = {"rows": 0, "total": total, "is_whole": False, "begun_at": now}
        Taking.objects.update_or_create(person=self.person, ticket=self.ticket, defaults=facts)

    def say(self, rows: int) -> None:
        self.noted().update(rows=rows)

    def end(self) -> None:
        self.noted().update(is_whole=True)

    def noted(self) -> QuerySet[Taking]:
        """What stands of it, or nothing yet."""
        return Taking.objects.filter(person=self.person, ticket=self.ticket)


def taken_of(person: Person, ticket: str) -> Taken | None:
    """None for what no page gave out: such a file comes without a word."""
    return Taken(person, ticket) if _TICKET.fullmatch(ticket) else None


def ticket() -> str:
    """For one page; nobody guesses another's, and nothing but a line of progress would be won."""
    return secrets.token_urlsafe(TICKET * 3 // 4)


def told(write: Write, export: Export, taken: Taken | None) -> Iterator[bytes]:
    """The same file. Raises what `write` raises when it is called, before anything is noted."""
    if taken is None:
        return write(export)
    pieces = write(replace(export, say=taken.say))
    taken.begin(export.found.count())
    return _told(pieces, taken)


def _told(pieces: Iterator[bytes], taken: Taken) -> Iterator[bytes]:
    yield from pieces
    taken.end()


def of(person: Person, ticket: str) -> Taking | None:
    """None until the file was asked for."""
    taken = taken_of(person, ticket)
    return taken.noted().first() if taken else None
