"""One proposal: a field, the headings that it would be read from, how and why."""

from dataclasses import dataclass

from prospect_aggregate.normalize import dates, places, spans
from prospect_aggregate.scrapers.draft import mailboxes, people
from prospect_aggregate.scrapers.fields import READ, Read
from prospect_aggregate.scrapers.identity import composite, numbered
from prospect_aggregate.scrapers.scaffold.lexicon import Likeness

Known = dict[str, dict[str, Likeness]]
"""Heading → field → how alike it is to one known for that field."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading that is not the field's own: how it is written, what is imported for it, and itself."""

    written: str
    module: str
    read: Read

    @property
    def imported(self) -> str:
        return self.written.partition("(")[0].partition(".")[0]


_NORMALIZE, _DRAFT, _IDENTITY = (
    f"prospect_aggregate.{module}" for module in ("normalize", "scrapers.draft", "scrapers.identity")
)
COMPOSITE = Reading("composite", _IDENTITY, composite)
NUMBERED = Reading("numbered", _IDENTITY, numbered)
IN_STATE = Reading("places.in_state", _NORMALIZE, places.in_state)
MONTH = Reading("dates.month", _NORMALIZE, dates.month)
MONTH_OF = Reading("dates.month_of", _NORMALIZE, dates.month_of)
START = Reading("spans.start", _NORMALIZE, spans.start)
START_AND_LENGTH = Reading("spans.start_and_length", _NORMALIZE, spans.start_and_length)


def people_of(roles: dict[str, str]) -> Reading:
    said = ", ".join(f'{role}="{parts}"' for role, parts in roles.items())
    return Reading(f"people({said})", _DRAFT, people(**roles))


def mailboxes_of(role: str) -> Reading:
    return Reading(f'mailboxes("{role}")', _DRAFT, mailboxes(role))


@dataclass(frozen=True, slots=True)
class Proposed:
    """`why` is said to the person who looks at it."""

    field: str
    headings: tuple[str, ...]
    why: str
    reading: Reading | None = None
    """None is the field's own."""

    @property
    def read(self) -> Read:
        return self.reading.read if self.reading else READ[self.field]
