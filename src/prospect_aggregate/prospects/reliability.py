"""How often the dates of a source, an agency, a bureau or an office move (STATISTICS §4 to §9)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from prospect_aggregate.collection.models import Edition, Ruling, Source
from prospect_aggregate.prospects import memo
from prospect_aggregate.prospects.cohorts import STOOD, Cohort, Member, Outcome, Revision, cohort_of
from prospect_aggregate.prospects.groups import Group, groups_of
from prospect_aggregate.prospects.intervals import (
    Middle,
    Share,
    design_effect,
    middle_of,
    offices_of,
    share_of,
)
from prospect_aggregate.prospects.landmarks import Followed, landmark_of
from prospect_aggregate.prospects.lives import lives_of, observations_of
from prospect_aggregate.prospects.models import Prospect

BULK_NAMED = 0.2
"""From so much of the moves on, a figure names the revisions they came from."""
EXCLUDED = ("undated", "closed", "under_way", "reused")
Befell = Callable[[Member], bool]


@dataclass(frozen=True, slots=True)
class Bulk:
    """Moves of a numerator that came from bulk revisions, and the share without their members."""

    moves: int
    of: int
    revisions: tuple[Revision, ...]
    without: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One group, followed from its landmark."""

    group: Group
    n: int
    excluded: Mapping[str, int]
    outcomes: Mapping[Outcome, int]
    later: Share
    left_early: Share
    stood: Share
    """Among those whose window ended while they were followed."""
    size: Middle
    """Net days among those that moved later."""
    bulk: Bulk | None

    @property
    def listed(self) -> int:
        return self.n + sum(self.excluded.values())


@dataclass(frozen=True, slots=True)
class Reliability:
    """All groups of one source, followed from one landmark for one time."""

    followed: Followed
    figures: Mapping[Group, Figures]
    resets: Mapping[datetime, tuple[int, int]]

    def of(self, group: Group) -> Figures | None:
        return self.figures.get(group)

    def nearest(self, prospect: Prospect) -> Figures | None:
        """Of its office, else its bureau, else its source: the first whose share may be shown."""
        spot = (prospect.agency, prospect.component, prospect.office)
        levels = [it for it in reversed(groups_of(spot)) if it.level != "agency"]
        found = (self.figures.get(group) for group in levels)
        return next((it for it in found if it and it.later.shown), None)


def reliability_of(source: Source, *, day: date, horizon: int) -> Reliability:
    """Raises NotEnoughHistoryError. Worked out once for as long as nothing happens to the source."""
    followed = landmark_of(observations_of(source), day=day, horizon=horizon)
    key = f"reliability {source.pk} {followed.start.timestamp()} {horizon}"
    return memo.kept(key, source, partial(_worked_out, source, followed))


def _worked_out(source: Source, followed: Followed) -> Reliability:
    cohort = cohort_of(lives_of(source), followed, resets=resets_of(source))
    return Reliability(followed, figures_of(cohort), cohort.resets)


def resets_of(source: Source) -> list[datetime]:
    """When editions were observed that a person let in as a new list, or as a clean-up."""
    new = [Ruling.Reason.NEW_FISCAL_YEAR, Ruling.Reason.CLEAN_UP]
    accepted = Ruling.objects.standing().filter(reason__in=new, verdict=Ruling.Verdict.WHOLE)
    runs = accepted.filter(held__source=source).values("admitted")
    return list(Edition.objects.filter(run__in=runs).values_list("observed_at", flat=True))


def figures_of(cohort: Cohort) -> dict[Group, Figures]:
    """Every group that anything listed at the landmark belongs to."""
    members: dict[Group, list[Member]] = defaultdict(list)
    excluded: dict[Group, Counter[str]] = defaultdict(Counter)
    for member in cohort.members:
        for group in groups_of(member.spot):
            members[group].append(member)
    for spot, counts in cohort.others.items():
        for group in groups_of(spot):
            excluded[group] += counts
    shares = _Shares(cohort.members)
    return {
        group: _figures(group, members[group], excluded[group], shares) for group in [*members, *excluded]
    }


class _Shares:
    """Shares of groups; those of few offices take the design effect of the whole source."""

    def __init__(self, everyone: Sequence[Member]) -> None:
        self._everyone = everyone
        self._effects: dict[str, float | None] = {}

    def of(self, members: Iterable[Member], name: str) -> Share:
        if name not in self._effects:
            self._effects[name] = design_effect(_offices(self._everyone, name))
        return share_of(_offices(members, name), otherwise=self._effects[name])


_BEFELL: Mapping[str, tuple[Befell, Befell]] = {
    # what is asked → (of whom, whether it befell them)
    "later": (lambda _: True, lambda it: it.outcome is Outcome.LATER),
    "left_early": (lambda _: True, lambda it: it.outcome is Outcome.LEFT_EARLY),
    "stood": (lambda it: it.due, lambda it: it.outcome in STOOD),
}


def _offices(members: Iterable[Member], name: str) -> list[tuple[int, int]]:
    counts, befell = _BEFELL[name]
    return offices_of([(member.office, befell(member)) for member in members if counts(member)])


def _figures(group: Group, members: list[Member], excluded: Mapping[str, int], shares: _Shares) -> Figures:
    outcomes = Counter(member.outcome for member in members)
    return Figures(
        group=group,
        n=len(members),
        excluded={why: excluded.get(why, 0) for why in EXCLUDED},
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        later=shares.of(members, "later"),
        left_early=shares.of(members, "left_early"),
        stood=shares.of(members, "stood"),
        size=middle_of(member.net for member in members if member.net is not None),
        bulk=_bulk(members, shares),
    )


def _bulk(members: Sequence[Member], shares: _Shares) -> Bulk | None:
    """None where less than a fifth of the moves came together."""
    later = [member for member in members if member.outcome is Outcome.LATER]
    together = Counter(member.revision for member in later if member.revision)
    moves = together.total()
    if not later or moves < BULK_NAMED * len(later):
        return None
    without = shares.of((it for it in members if it.revision not in together), "later")
    return Bulk(moves, len(later), tuple(it for it, _ in together.most_common()), without)
