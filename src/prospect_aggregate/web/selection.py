"""Prospects that a reader chose from the list, by their keys, in the order chosen."""

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import QueryDict

from prospect_aggregate.prospects.models import Prospect, ProspectQuerySet
from prospect_aggregate.web.ask import PAGE

NAME = "chosen"
MOST_CHOSEN = 4 * PAGE
"""Four pages of the list; whoever wants more of it takes the whole view."""


def keys_of(asked: QueryDict) -> list[str]:
    """One a field, or one a line of it; each once."""
    keys = [key for field in asked.getlist(NAME) for key in field.splitlines() if key]
    return list(dict.fromkeys(keys))[:MOST_CHOSEN]


def with_keys(found: ProspectQuerySet, keys: Sequence[str]) -> ProspectQuerySet:
    """Those of them that these keys name."""
    by_source = defaultdict(list)
    for key in keys:
        source, _, number = key.partition(":")
        by_source[source].append(number)
    named = [Q(source__key=source, native_id__in=numbers) for source, numbers in by_source.items()]
    return found.filter(reduce(or_, named)) if named else found.none()


def chosen(keys: Sequence[str]) -> list[Prospect]:
    """Whole, in the order of the keys; a key that nothing has is left out."""
    found = with_keys(Prospect.objects.select_related("source", "last_run__artifact"), keys)
    by_key = {prospect.key: prospect for prospect in found}
    return [by_key[key] for key in keys if key in by_key]
