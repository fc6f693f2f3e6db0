"""What a reader asked of the feed of changes: read from the address, and written back into it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from prospect_aggregate.prospects.consequence import Group
from prospect_aggregate.web.ask import number_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAsk:
    """A scope narrowed down, whole or one group or one line of it, seen or not."""

    scope: str = "all"
    source: str = ""
    office: str = ""
    group: Group | None = None
    line: int | None = None
    """A change by which one line is named: the line that holds it is opened."""
    page: int = 1
    seen: bool = False
    """What lies before the mark, instead of what lies beyond it."""

    @property
    def query(self) -> str:
        asked = {"scope": "" if self.scope == "all" else self.scope, "source": self.source, "office": self.office,
                 "seen": "1" if self.seen else "", "group": self.group or "", "line": self.line or "",
                 "page": self.page if self.page > 1 else ""}  # fmt: skip
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def reads_small_edits(self) -> bool:
        """The page of all groups only counts them."""
        return self.group == Group.SMALL_EDITS or self.line is not None

    @property
    def whole(self) -> "FeedAsk":
        """Every group again."""
        return replace(self, group=None, line=None, page=1)

    def at(self, page: int) -> "FeedAsk":
        return replace(self, page=page)

    def of_scope(self, name: str) -> "FeedAsk":
        return replace(self.whole, scope=name)

    def of_group(self, group: Group) -> "FeedAsk":
        return replace(self.whole, group=group)

    def of_line(self, change: int) -> "FeedAsk":
        return replace(self.whole, line=change)


def feed_ask_of(given: QueryDict) -> FeedAsk:
    """Whatever makes no sense is as if not given."""
    group = given.get("group", "")
    return FeedAsk(
        scope=given.get("scope", "") or "all",
        source=given.get("source", ""),
        office=" ".join(given.get("office", "").replace("\x00", "").split())[:200],
        group=Group(group) if group in list(Group) else None,
        line=number_of(given.get("line", "")),
        page=max(1, min(number_of(given.get("page", "")) or 1, 10**6)),
        seen=given.get("seen", "") == "1",
    )
