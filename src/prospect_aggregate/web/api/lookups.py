"""Things found by the names that programs give them; what is not there is answered with what comes near."""

import difflib
from collections.abc import Iterable
from datetime import date

from prospect_aggregate.collection.models import Run, Source
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.search import by_key
from prospect_aggregate.scrapers.catalog import nearest
from prospect_aggregate.web.api.problems import BadRequestError

LOOKED_THROUGH = 5000  # numbers that begin alike, when the nearest one is sought


def one_of(name: str, value: str | None, known: Iterable[str]) -> None:
    """Raises BadRequestError when the value is none of those that exist."""
    if value is not None and value not in known:
        raise BadRequestError(f"{name} is one of {', '.join(known)}")


def source_named(name: str) -> Source:
    """By key or display name. Raises LookupError, naming the nearest."""
    names = {each.lower(): source for source in Source.objects.all() for each in (source.name, source.key)}
    if name.lower() in names:
        return names[name.lower()]
    keys = sorted({source.key for source in names.values()})
    raise LookupError(f"no source named {name!r}; {nearest(name, keys)}")


def run_numbered(number: int) -> Run:
    """Raises LookupError, naming the newest."""
    run = Run.objects.select_related("source", "artifact").filter(pk=number).first()
    if run is None:
        newest = Run.objects.first()
        raise LookupError(
            f"no run {number}; " + (f"the newest is {newest.pk}" if newest else "there are none yet")
        )
    return run


def known_source(name: str | None) -> str | None:
    """The key of a source to filter by, where one is asked."""
    return None if name is None else source_known(name)


def source_known(name: str) -> str:
    """Its key. Raises BadRequestError: a filter that matches nothing is a wrong question."""
    try:
        return source_named(name).key
    except LookupError as error:
        raise BadRequestError(str(error)) from error


def prospect_of(key: str, *, day: date) -> Prospect:
    """Raises LookupError, naming the nearest key."""
    try:
        return by_key(key, day=day)
    except LookupError as error:
        near = _nearest(key)
        raise LookupError(f"no prospect {key!r}; did you mean {near!r}?" if near else str(error)) from error


def _nearest(key: str) -> str | None:
    source, colon, number = key.partition(":")
    if not colon:
        source, number = "", key
    alike = Prospect.objects.filter(native_id__istartswith=number[:2]).select_related("source")
    if colon:
        alike = alike.filter(source__key=source_named(source).key)
    keys = {each.native_id: each.key for each in alike.only("native_id", "source__key")[:LOOKED_THROUGH]}
    near = difflib.get_close_matches(number, keys, n=1)
    return keys[near[0]] if near else None
