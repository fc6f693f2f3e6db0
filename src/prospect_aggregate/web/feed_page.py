"""The feed as a page shows it: sections, lines, and no more of each than one reads at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from prospect_aggregate.prospects.consequence import Group, Told
from prospect_aggregate.prospects.feed import Feed
from prospect_aggregate.prospects.folding import Fold, Line, Section
from prospect_aggregate.prospects.models import Change
from prospect_aggregate.web.decided import with_decisions
from prospect_aggregate.web.feed_ask import FeedAsk
from prospect_aggregate.web.feed_words import GROUPS, note_of, sentence_of

FIRST = 50
"""Lines of a group, until one asks for all of them."""
ROOM = 140
"""Changes that the page of all groups tells, shared by them: it stays under 100 KB, however many there are."""
PAGE = 150
"""Lines of a group, or changes of a line, that is read by itself."""
INSIDE = 10
"""Changes of a line that stands for many, until one asks for all of them."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line: a prospect's changes, or a sentence that opens to them."""

    changes: list[Change]
    sentence: str
    rest: int
    """Changes that are not among these."""
    ask: FeedAsk
    """Where they all are."""

    @property
    def first(self) -> Change:
        return self.changes[0]

    @property
    def count(self) -> int:
        return len(self.changes) + self.rest


@dataclass(frozen=True, slots=True)
class ShownSection:
    group: Group
    words: str
    note: str
    count: int
    lines: list[ShownLine]
    rest: int
    """Lines that are not among these."""
    ask: FeedAsk

    @property
    def closed(self) -> bool:
        """Told by its number only, until somebody asks."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class FeedPage:
    sections: list[ShownSection]
    page: int = 1
    pages: int = 1
    title: str = ""
    """Of a group or line that is read by itself."""


def page_of(feed: Feed, ask: FeedAsk) -> FeedPage:
    """All groups that hold anything; or one group, or one line, by itself."""
    if ask.line and (line := _line_with(feed, ask.line)):
        return _one_line(line, ask)
    if ask.group:
        return _one_group(next(it for it in feed.sections if it.group == ask.group), ask)
    filled = [section for section in feed.sections if section.count]
    told = [section for section in filled if section.group != Group.SMALL_EDITS]
    return FeedPage(_sections(filled, {it.group: _first(it.lines, ROOM // len(told)) for it in told}, ask))


def _first(lines: list[Line], room: int) -> list[Line]:
    """As many as there is room for, one at least."""
    first = lines[:FIRST]
    told = accumulate(len(_inside(line)) for line in first)
    return first[: max(1, sum(so_far <= room for so_far in told))]


def first_of(lines: Sequence[Line], ask: FeedAsk, *, count: int) -> list[ShownLine]:
    """For a page that shows a few of a longer list."""
    known = _loaded([change for line in lines[:count] for change in _inside(line)])
    return [_line(line, known, ask) for line in lines[:count]]


def _line_with(feed: Feed, change: int) -> Line | None:
    lines = (line for section in feed.sections for line in section.lines)
    return next((line for line in lines if any(it.pk == change for it in line.changes)), None)


def _one_line(line: Line, ask: FeedAsk) -> FeedPage:
    """Each of its changes as a line of its own."""
    single = [Line(Fold.PROSPECT, line.group, (change,)) for change in line.changes]
    pages = -(-len(single) // PAGE)
    page = min(ask.page, pages)
    section = Section(line.group, single)
    shown = {line.group: single[(page - 1) * PAGE : page * PAGE]}
    title = _sentence(line, _loaded([line.changes[0]])) if line.fold != Fold.PROSPECT else ""
    return FeedPage(_sections([section], shown, ask), page, pages, title)


def _one_group(section: Section, ask: FeedAsk) -> FeedPage:
    pages = max(1, -(-len(section.lines) // PAGE))
    page = min(ask.page, pages)
    shown = {section.group: section.lines[(page - 1) * PAGE : page * PAGE]}
    return FeedPage(_sections([section], shown, ask), page, pages, GROUPS[section.group])


def _sections(sections: list[Section], shown: Mapping[Group, list[Line]], ask: FeedAsk) -> list[ShownSection]:
    wanted = [change for lines in shown.values() for line in lines for change in _inside(line)]
    known = _loaded(wanted)
    return [
        ShownSection(
            group=section.group,
            words=GROUPS[section.group],
            note=note_of(section),
            count=section.count,
            lines=[_line(line, known, ask) for line in shown.get(section.group, [])],
            rest=len(section.lines) - len(shown.get(section.group, [])),
            ask=ask.of_group(section.group),
        )
        for section in sections
    ]


def _inside(line: Line) -> tuple[Told, ...]:
    return line.changes if line.fold == Fold.PROSPECT else line.changes[:INSIDE]


def _loaded(told: Iterable[Told]) -> dict[int, Change]:
    """Without the rows as published and the descriptions, which the feed does not show."""
    wanted = Change.objects.filter(pk__in=[it.pk for it in told]).select_related("prospect__source")
    shown = with_decisions(wanted.defer("prospect__raw", "prospect__description"))
    return {change.pk: change for change in shown}


def _line(line: Line, known: Mapping[int, Change], ask: FeedAsk) -> ShownLine:
    changes = [known[it.pk] for it in _inside(line) if it.pk in known]
    rest = len(line.changes) - len(changes)
    return ShownLine(changes, _sentence(line, known), rest, ask.of_line(line.changes[0].pk))


def _sentence(line: Line, known: Mapping[int, Change]) -> str:
    if line.fold == Fold.PROSPECT:
        return ""
    return sentence_of(line, known[line.changes[0].pk].prospect.source.name)
