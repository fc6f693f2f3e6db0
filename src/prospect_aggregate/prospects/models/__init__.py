"""Prospects as last published, and every change seen in them."""

from prospect_aggregate.prospects.company import Company
from prospect_aggregate.prospects.models.changes import Absence, Change
from prospect_aggregate.prospects.models.lists import ListQuerySet
from prospect_aggregate.prospects.models.pairs import Pair, PairQuerySet
from prospect_aggregate.prospects.models.prospects import Before, Prospect, ProspectQuerySet
from prospect_aggregate.prospects.models.reading import Reading
from prospect_aggregate.prospects.models.reuses import Reuse, ReuseQuerySet
from prospect_aggregate.prospects.models.shelves import ANCHOR, CLOSED_PHASES, DORMANT_AFTER, UNDER_WAY_PHASES

__all__ = [
    "ANCHOR",
    "CLOSED_PHASES",
    "DORMANT_AFTER",
    "UNDER_WAY_PHASES",
    "Absence",
    "Before",
    "Change",
    "Company",
    "ListQuerySet",
    "Pair",
    "PairQuerySet",
    "Prospect",
    "ProspectQuerySet",
    "Reading",
    "Reuse",
    "ReuseQuerySet",
]
