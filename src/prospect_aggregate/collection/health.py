"""How a source is: looked at by checks, and worked out from runs and the clock whenever somebody asks."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from types import TracebackType
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from prospect_aggregate.collection import clock, homes, leases
from prospect_aggregate.collection.models import Check, Run, Schedule, Source
from prospect_aggregate.collection.outcomes import TRANSIENT, Site
from prospect_aggregate.scrapers import fingerprint
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.fetch import Fetcher

LAYOUT = "layout"
"""The kind of a check that reached the list and found other headings."""
Probed = Scraper | Callable[[], object]


@dataclass(frozen=True, slots=True)
class Health:
    """One word for a source, why, and since when."""

    state: str
    """fresh, late, failing, blocked, quarantined, never or disabled."""
    reason: str
    since: datetime | None


def fetcher(owner: str, *, on_progress: Callable[[int, int | None], None] | None = None) -> Fetcher:
    """A fetcher that speaks for this product, politely across all workers."""
    return Fetcher(
        user_agent=settings.USER_AGENT,
        contact=settings.CONTACT,
        hosts=homes.hosts(),
        only_hosts=homes.kind() is homes.Kind.SAMPLE,
        turns=leases.host_turns(owner, pause=settings.REQUEST_PAUSE),
        on_progress=on_progress,
    )


def check(source: Source, run: Probed) -> Check:
    """Look whether the source can be had. Raises what the look raised, after the Check says so."""
    found = Check.objects.create(source=source)
    with _recorded(found):
        detail = _look(source, run, owner=f"check {found.pk}")
    Check.objects.filter(pk=found.pk).update(ok=True, detail=detail, finished_at=clock.now())
    found.refresh_from_db()
    return found


def _look(source: Source, run: Probed, owner: str) -> str:
    if not isinstance(run, Scraper):
        return str(run() or "")
    with fetcher(owner) as polite:
        seen = run.probe(polite)
    return f"{seen}; {fingerprint.compare(run, seen.head, _known_headings(source))}"


def _known_headings(source: Source) -> list[str]:
    """Of the newest edition that was fetched: a file that a person gives may be laid out otherwise."""
    newest = source.runs.read_anew().filter(given=None).values_list("headings", flat=True).first()
    return newest or []


class _recorded(AbstractContextManager[None]):  # noqa: N801  # reads as a verb where it is used
    """Leaves the error on the Check and lets it pass."""

    def __init__(self, found: Check) -> None:
        self._found = found

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if error is not None:
            differs = isinstance(error, fingerprint.HeadingsDifferError)
            named = LAYOUT if differs else type(error).__name__
            Check.objects.filter(pk=self._found.pk).update(
                ok=False, error_kind=named, detail=str(error), finished_at=clock.now()
            )


AT_A_TIME = 500  # sources in memory
TROUBLE = {
    Run.Status.BLOCKED: "blocked",
    Run.Status.QUARANTINED: "quarantined",
    Run.Status.FAILED: "failing",
    Run.Status.LOST: "failing",
}


def health_of(source: Source, *, now: datetime) -> Health:
    """Worked out when it is read, so that no dead process leaves a green mark behind."""
    paused = Schedule.objects.asleep(now).filter(source_key=source.key, kind="collect").first()
    if paused:
        return Health("disabled", paused.pause_reason or "its schedule is paused", None)
    last = source.runs.telling().order_by("-finished_at").first()
    if last and last.status in TROUBLE:
        return _trouble(source, last)
    return freshness(source, list_date(source), now=now)


def _trouble(source: Source, last: Run) -> Health:
    since = trouble_since(source, last)
    return Health(TROUBLE[Run.Status(last.status)], _reason(last, since), since)


@dataclass(frozen=True, slots=True)
class Condition:
    """A source, how it is, by which run one knows, and the date that its newest list gives itself."""

    source: Source
    health: Health
    told_by: int | None
    list_date: date | None


def conditions(*, now: datetime) -> list[Condition]:
    """What `health_of` says, of all sources: one query, and what it needs for each that is not well."""
    return list(_conditions(_told(now), now))


def each_condition(*, now: datetime) -> Iterator[Condition]:
    """The same for whoever looks at all of them and keeps none: some hundred at a time."""
    known, last = _told(now).order_by("pk"), 0
    while page := list(known.filter(pk__gt=last)[:AT_A_TIME]):
        yield from _conditions(page, now)
        last = page[-1].pk


def _told(now: datetime) -> QuerySet[Source]:
    runs = Run.objects.filter(source=OuterRef("pk"))
    last = runs.telling().order_by("-finished_at")
    paused = Schedule.objects.asleep(now).filter(source_key=OuterRef("key"), kind="collect")
    return Source.objects.annotate(
        last_status=Subquery(last.values("status")[:1]),
        last_run=Subquery(last.values("pk")[:1]),
        listed=Subquery(runs.read_anew().values("edition_date")[:1]),
        is_paused=Exists(paused),
    )


def _conditions(told: Iterable[Any], now: datetime) -> Iterator[Condition]:
    """Their last runs are asked for at once, where they tell of trouble."""
    sources = list(told)
    lasts = Run.objects.in_bulk([it.last_run for it in sources if it.last_status in TROUBLE])
    for source in sources:
        health = _health(source, lasts.get(source.last_run), now)
        yield Condition(source, health, source.last_run, source.listed)


def _health(source: Any, last: Run | None, now: datetime) -> Health:
    """Of a source that is neither in trouble nor paused, everything is known already: no need to ask."""
    if source.is_paused:
        return health_of(source, now=now)
    return _trouble(source, last) if last else freshness(source, source.listed, now=now)


def list_date(source: Source) -> date | None:
    """The date that the newest list gives itself."""
    return source.runs.read_anew().values_list("edition_date", flat=True).first()


def _reason(last: Run, since: datetime | None) -> str:
    if since is None or (last.status, last.error_kind) != (Run.Status.BLOCKED, TRANSIENT):
        return last.error
    return f"away since {since:%Y-%m-%d %H:%M} UTC; seen last: {last.error}"


def trouble_since(source: Source, last: Run) -> datetime | None:
    """When the trouble began: the first ended run after the last good one."""
    good = source.runs.good().order_by("-finished_at").first()
    after = source.runs.telling().filter(status__in=TROUBLE)
    if good:
        after = after.filter(finished_at__gt=good.finished_at)
    first = after.order_by("finished_at").first()
    return (first or last).finished_at


def freshness(source: Source, listed: date | None, *, now: datetime) -> Health:
    """Of a source whose newest run was good, and whose list says of itself that it is of `listed`."""
    seen = source.last_good_at
    if seen is None:
        return Health("never", "not collected yet", source.created_at)
    limit = seen + source.freshness_limit
    if now > limit:
        return Health("late", f"no good edition since {seen:%Y-%m-%d %H:%M} UTC", limit)
    return _old_list(source, listed, seen=seen, now=now) or Health("fresh", "", seen)


def _old_list(source: Source, listed: date | None, *, seen: datetime, now: datetime) -> Health | None:
    """Late because the agency itself has left its list alone for too long: nothing newer can be had."""
    if source.list_limit is None or listed is None:
        return None
    limit = datetime.combine(listed, time(), UTC) + source.list_limit
    fetched = "today" if seen.date() == now.date() else _day(seen)
    reason = f"fetched {fetched}, last edited by the agency {_day(listed)}"
    return Health("late", reason, limit) if now > limit else None


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%b %Y}"


def site_of(run: Run) -> Site:
    """Down when the newest run of another request was not let in, or gave up on a site that does not answer."""
    if run.given_id:
        return Site.NOT_ASKED
    others = Run.objects.telling().filter(source=run.source_id).exclude(request=run.request)
    last = others.order_by("-finished_at").first()
    shut = last is not None and (last.status == Run.Status.BLOCKED or _gave_up(last))
    return Site.DOWN if shut else Site.OPEN


def _gave_up(run: Run) -> bool:
    """Whether no attempt follows one that failed because the site did not answer."""
    if (run.status, run.error_kind) != (Run.Status.FAILED, TRANSIENT):
        return False
    following = Run.objects.filter(source=run.source_id, request=run.request, attempt=run.attempt + 1)
    return not following.exists()
