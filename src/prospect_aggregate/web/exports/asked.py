"""An export of what a page or a program asked for: the one place where a view becomes rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.text import slugify

from prospect_aggregate.collection import homes
from prospect_aggregate.prospects.filters import Filters
from prospect_aggregate.prospects.models import ProspectQuerySet
from prospect_aggregate.prospects.search import search
from prospect_aggregate.web.ask import Ask
from prospect_aggregate.web.exports.columns import chosen
from prospect_aggregate.web.exports.export import Export
from prospect_aggregate.web.selection import with_keys
from prospect_aggregate.web.shelf import prospects_of
from prospect_aggregate.web.view_words import words_of

LONGEST = 40  # letters of a source's name in that of a file


def of_view(ask: Ask, *, columns: Sequence[str] = (), keys: Sequence[str] = ()) -> Export:
    """Every row of the page's list, in its order; with `keys`, those of them alone.

    Raises UnknownFilterError for a column that there is not.
    """
    found = with_keys(prospects_of(ask), keys) if keys else prospects_of(ask)
    made = _export(found, ask.on_shelf, day=ask.day, columns=columns)
    chosen_too = ["the rows chosen"] * bool(keys)
    return replace(made, asked=(*made.asked, *chosen_too), called=_called(ask, keys))


def _called(ask: Ask, keys: Sequence[str]) -> str:
    """`dhs-upcoming`: two views of one day are told apart in a folder of downloads."""
    source = slugify(ask.filters.source[0])[:LONGEST] if len(ask.filters.source) == 1 else ""
    return "-".join(filter(None, (source, "chosen" if keys else ask.shelf)))


def of_filters(filters: Filters, *, day: date, columns: Sequence[str] = ()) -> Export:
    """Every row that a search finds, as the command line and the API ask it."""
    return _export(search(filters, day=day), filters, day=day, columns=columns)


def _export(found: ProspectQuerySet, asked: Filters, *, day: date, columns: Sequence[str]) -> Export:
    return Export(
        found=found, day=day, now=timezone.now(), sample=homes.kind() is homes.Kind.SAMPLE, columns=chosen(columns),
        asked=words_of(asked),
    )  # fmt: skip
