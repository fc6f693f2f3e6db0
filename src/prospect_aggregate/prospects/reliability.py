"""How often the dates of a source, an agency, a bureau or an office move (STATISTICS §4 to §9)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from prospect_aggregate.collection.models import Edition, Ruling, Source
from prospect_aggregate.prospects import memo
from prospect_aggregate.prospects.cohorts import STOOD, Cohort, Member, Outcome, Revision, cohort_of
from prospect_aggregate.prospects.groups import Group, groups_of
from prospect_aggregate.prospects.intervals import (
    Middle,
    Office,
    Share,
    design_effect,
    middle_of,
    share_of,
)
from prospect_aggregate.prospects.landmarks import Followed, NotEnoughHistoryError, landmark_of
from prospect_aggregate.prospects.lives import lives_of, observations_of
from prospect_aggregate.prospects.models import Prospect

BULK_NAMED = 0.2
"""From so much of the moves on, a figure names the revisions they came from."""
EXCLUDED = ("undated", "closed", "under_way", "reused")
Effects = Mapping[str, float | None]
"""What is asked → the design effect of the whole source."""


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
    found = memo.kept(
        f"reliability {source.pk} {day} {horizon}", source, partial(_tried, source, day, horizon)
    )
    if isinstance(found, str):
        raise NotEnoughHistoryError(found)
    return found


def _tried(source: Source, day: date, horizon: int) -> Reliability | str:
    """Why not is as good to keep."""
    try:
        followed = landmark_of(observations_of(source), day=day, horizon=horizon)
    except NotEnoughHistoryError as short:
        return str(short)
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
    effects = _Tally(cohort.members).effects()
    groups = dict.fromkeys([*members, *excluded])
    return {group: _figures(group, members[group], excluded[group], effects) for group in groups}


class _Tally:
    """What befell some members, office by office."""

    def __init__(self, members: Iterable[Member]) -> None:
        """One pass; each office is [members, later, left early, fell due, stood]."""
        self._offices: dict[object, list[int]] = {}
        for member in members:
            tally = self._offices.setdefault(member.office, [0, 0, 0, 0, 0])
            tally[0] += 1
            tally[1] += member.outcome is Outcome.LATER
            tally[2] += member.outcome is Outcome.LEFT_EARLY
            tally[3] += member.due
            tally[4] += member.due and member.outcome in STOOD

    def _of(self, whom: int, befell: int) -> list[Office]:
        return [(tally[whom], tally[befell]) for tally in self._offices.values() if tally[whom]]

    def effects(self) -> Effects:
        """Of a whole source: what its parts with few offices are given."""
        return {name: design_effect(self._of(*columns)) for name, columns in _COLUMNS.items()}

    def share(self, name: str, effects: Effects) -> Share:
        return share_of(self._of(*_COLUMNS[name]), otherwise=effects[name])


_COLUMNS = {"later": (0, 1), "left_early": (0, 2), "stood": (3, 4)}


def _figures(group: Group, members: list[Member], excluded: Mapping[str, int], effects: Effects) -> Figures:
    outcomes, tally = Counter(member.outcome for member in members), _Tally(members)
    return Figures(
        group=group,
        n=len(members),
        excluded={why: excluded.get(why, 0) for why in EXCLUDED},
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        later=tally.share("later", effects),
        left_early=tally.share("left_early", effects),
        stood=tally.share("stood", effects),
        size=middle_of(member.net for member in members if member.net is not None),
        bulk=_bulk(members, effects) if outcomes[Outcome.LATER] else None,
    )


def _bulk(members: Sequence[Member], effects: Effects) -> Bulk | None:
    """None where less than a fifth of the moves came together."""
    later = [member for member in members if member.outcome is Outcome.LATER]
    together = Counter(member.revision for member in later if member.revision)
    moves = together.total()
    if moves < BULK_NAMED * len(later):
        return None
    without = _Tally(it for it in members if it.revision not in together).share("later", effects)
    return Bulk(moves, len(later), tuple(it for it, _ in together.most_common()), without)
