"""A digest in words: as plain text, and as simple HTML of the same lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import Truncator

from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.web import decided, detail, feed_words, present
from prospect_aggregate.web.digests.contents import Contents
from prospect_aggregate.web.feed_page import ShownLine, ShownSection

LINES = 15
"""Of a group, in a mail; the page has them all."""
LONGEST = 120
SAFE = "!$&'()*+,;=/~:@"  # in a path, as Django's addresses leave them
KINDS = {"expired": "left the list", "withdrawn": "left the list before its date", "reappeared": "back again"}


@dataclass(frozen=True, slots=True)
class Line:
    """A prospect, or a sentence that stands for many; what changed, and why one is told."""

    title: str
    address: str
    where: str
    said: list[str]
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: list[Line]
    rest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Both its ways of being read say the same."""

    subject: str
    opening: str
    parts: list[Part]
    notes: list[str]
    schedule: str
    off: str
    """The address that ends it."""

    @property
    def changes(self) -> str:
        return f"{settings.ADDRESS}/changes/"

    @property
    def choose(self) -> str:
        return f"{settings.ADDRESS}/you/digest/"

    @property
    def text(self) -> str:
        return "\n".join(_lines(self))

    @property
    def html(self) -> str:
        return render_to_string("web/digest_mail.html", {"it": self})


def letter_of(told: Contents, *, off: str, schedule: str, sample: bool) -> Letter:
    count = f"{told.count:,} change{'' if told.count == 1 else 's'} since {_day(told.since)}"
    first = f"{told.sections[0].words.lower()} {told.sections[0].count:,}"
    return Letter(
        subject=f"{count}: {first}" + " (sample data)" * sample,
        opening="Sample data: all of it is made up. " * sample + f"{count}.",
        parts=_parts(told),
        notes=list(_notes(told)),
        schedule=schedule,
        off=off,
    )


def _day(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def _parts(told: Contents) -> list[Part]:
    return [
        Part(
            _heading(section),
            [_line(line, told) for line in section.lines[:LINES]],
            len(section.lines[LINES:]) + section.rest,
        )
        for section in told.sections
    ]


def _heading(section: ShownSection) -> str:
    return f"{section.words} {section.count:,}" + (f" ({section.note})" if section.note else "")


def _line(line: ShownLine, told: Contents) -> Line:
    prospect = line.first.prospect
    if line.sentence:
        return Line(line.sentence, f"{settings.ADDRESS}/changes/?line={line.ask.line}", "", [], "")
    return Line(
        title=_short(" ".join((prospect.title or prospect.native_id).split())),
        address=address_of(prospect),
        where=" › ".join(filter(None, (prospect.source.name, prospect.component or prospect.office))),
        said=[said(change, told) for change in line.changes],
        why=", ".join(told.why[prospect.pk]),
    )


def _short(text: str) -> str:
    """What is cut says so; the page has it whole."""
    return Truncator(text).chars(LONGEST)


def address_of(prospect: Prospect) -> str:
    """By hand: to ask for it by name would load every page into worker and beat. A test holds the two together."""
    return f"{settings.ADDRESS}/prospects/{prospect.source.key}/{quote(prospect.native_id, safe=SAFE)}/"


def said(change: Change, told: Contents) -> str:
    """What the page Changes says of it."""
    return " · ".join(filter(None, (_said(change, told), decided.since_decided(change))))


def _said(change: Change, told: Contents) -> str:
    if change.kind == Change.Kind.CHANGED:
        old, new = (detail.kept_text(change, kept, day=told.day) for kept in (change.old, change.new))
        name = detail.NAMES.get(change.field, change.field.replace("_", " ").capitalize())
        moved = present.shift(change.shift_days, at_least=change.shift_at_least)
        return f"{name}: {_short(old)} → {_short(new)}" + (f" ({moved})" if moved else "")
    facts = feed_words.facts_of(change.prospect, day=told.day)
    kind = KINDS.get(change.kind, "")
    return " · ".join(filter(None, (kind, facts))) or "first seen on the list"


def _notes(told: Contents) -> Iterator[str]:
    if told.small:
        yield f"Small edits and contacts beside these: {told.small:,}."
    if told.kept_out:
        names = ", ".join(source.name for source in told.kept_out)
        were = "was" if len(told.kept_out) == 1 else "were"
        yield f"In that time {names} {were} blocked or held for review: what changed there is not known."


def _lines(it: Letter) -> Iterator[str]:
    yield f"{it.opening}\n"
    for part in it.parts:
        yield part.title.upper()
        for line in part.lines:
            yield from _line_lines(line)
        if part.rest:
            yield f"  and {part.rest:,} more"
        yield ""
    yield from it.notes
    yield f"\nAll of it: {it.changes}\n\n-- \nYou chose this: {it.schedule}. Change it: {it.choose}"
    yield f"No more of these: {it.off}"


def _line_lines(line: Line) -> Iterator[str]:
    yield f"* {line.title}"
    if line.where:
        yield "  " + line.where + (f" [{line.why}]" if line.why else "")
    yield from (f"  {words}" for words in line.said)
    yield f"  {line.address}"
