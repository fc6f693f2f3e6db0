"""Atom (RFC 4287): one entry for each prospect that an edition changed, the newest first."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from prospect_aggregate.prospects.models import Change, Prospect
from prospect_aggregate.prospects.search import changes_of
from prospect_aggregate.web import present
from prospect_aggregate.web.digests.contents import FIRST_LISTS
from prospect_aggregate.web.feeds.followed import Followed, fit, identifier

MOST_CHANGES = 500
MOST_ENTRIES = 100
FIRST = (
    "solicitation",
    "award",
    "phase",
    "set_aside",
    "value",
    "contract_vehicle",
    "competition",
    "incumbent_name",
)
"""What is told first of several changes."""
KINDS = {
    "listed": "New",
    "withdrawn": "Left the list before its date",
    "expired": "Left the list after its date",
    "reappeared": "Back on the list",
}


class _Feed(Atom1Feed):
    """An empty one was last updated when it was made: asked twice, it is the same twice."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        made: datetime = self.feed["made_at"]
        return made


def write(it: Followed) -> bytes:
    made = _Feed(
        title=fit(it.title),
        link=it.page,
        description="What changed among the prospects that answer a question.",
        language="en",
        author_name="JPS Prospect Aggregate",
        feed_guid=identifier("feed", it.feed.digest).urn,
        made_at=it.feed.made_at,
    )
    for changes in list(_editions(it))[:MOST_ENTRIES]:
        _add(made, it, changes)
    return made.writeString("utf-8").encode()


def _editions(it: Followed) -> Iterator[list[Change]]:
    """Changes that one edition brought to one prospect. A source's first list is no news, and would be all there is."""
    told = changes_of(source=None, key=None, kind=None, field=None, since=None).exclude(FIRST_LISTS)
    mine = told.filter(prospect__in=it.found.order_by().values("pk"))
    newest = mine.order_by("-at", "-run_id", "prospect_id", "pk")[:MOST_CHANGES]
    for _, changes in groupby(newest, key=lambda change: (change.run_id, change.prospect_id)):
        yield sorted(changes, key=_rank)


def _rank(change: Change) -> int:
    return FIRST.index(change.field) if change.field in FIRST else len(FIRST) * (change.kind not in KINDS)


def _add(made: _Feed, it: Followed, changes: list[Change]) -> None:
    prospect = changes[0].prospect
    made.add_item(
        title=fit(f"{_headline(changes)}: {prospect.title or prospect.native_id}"),
        link=it.address_of(prospect),
        description=fit(_words(prospect, changes)),
        unique_id=identifier("edition", prospect.key, changes[0].run_id).urn,
        pubdate=changes[0].at,
        updateddate=changes[0].at,
        categories=tuple(dict.fromkeys(change.field or change.kind for change in changes)),
    )


def _headline(changes: list[Change]) -> str:
    """What came or went; else what the first change was, with how many others."""
    came_or_went = next((change for change in changes if change.kind in KINDS), None)
    if came_or_went:
        return KINDS[came_or_went.kind]
    more = f" and {len(changes) - 1} more" if len(changes) > 1 else ""
    return f"{_field(changes[0])} changed{more}"


def _words(prospect: Prospect, changes: list[Change]) -> SafeString:
    """As HTML, with everything published escaped: it was written by nobody of ours."""
    where = " › ".join(filter(None, (prospect.source.name, prospect.component, prospect.office)))
    lines = format_html_join("", "<li>{}</li>", ((_line(change),) for change in changes))
    return format_html("<p>{} · {}</p><ul>{}</ul>", where, prospect.native_id, lines)


def _line(change: Change) -> str:
    if change.kind in KINDS:
        return KINDS[change.kind]
    day = change.at.date()
    old, new = (present.span_text(kept, day=day) for kept in (change.old, change.new))
    moved = present.shift(change.shift_days, at_least=change.shift_at_least)
    return f"{_field(change)}: {old} → {new}" + (f" ({moved})" if moved else "")


def _field(change: Change) -> str:
    return change.field.replace("_", " ").capitalize().replace("Naics", "NAICS").replace("Psc", "PSC")
