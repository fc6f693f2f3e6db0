"""Each filter as conditions on columns: what matches one of its values, and what it cannot tell."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from prospect_aggregate.normalize import places
from prospect_aggregate.normalize.dates import quarter_window
from prospect_aggregate.prospects import fit_query, fulltext, query
from prospect_aggregate.prospects.filters import SEVERAL, Filters
from prospect_aggregate.prospects.models import Change, Prospect

NOTHING = Q(pk__in=())
_BOUNDS = {"-250K": (None, 250_000), "250K-1M": (250_000, 1_000_000), "1M-5M": (1_000_000, 5_000_000),
           "5M-10M": (5_000_000, 10_000_000), "10M-50M": (10_000_000, 50_000_000),
           "50M-": (50_000_000, None)}  # fmt: skip
_YEARWIDE = Q(solicitation_to__isnull=False, solicitation_precision="year") | Q(
    solicitation_to=None, award_to__isnull=False, award_precision="year"
)
"""Its last day names no quarter."""


def condition(asked: Filters, name: str) -> Q:
    """One filter that is asked, unknown ones let pass where it says so."""
    matching = matches(asked, name)
    return matching | unknown(name) if asked.takes_unknown(name) and name in UNKNOWN else matching


def matches(asked: Filters, name: str) -> Q:
    if name in SEVERAL:
        return reduce(or_, map(_ONE[name], getattr(asked, name)))
    return _WHOLE[name](asked)


def unknown(name: str) -> Q:
    return UNKNOWN[name]


def in_words(node: query.Node) -> Q:
    """A tree of what was typed; words that stand together are looked up at once."""
    if isinstance(node, query.Not):
        return ~in_words(node.one)
    if isinstance(node, query.Named):
        return _ONE[node.name](node.value)
    if is_words(node):
        return fulltext.matching(node)
    return _joined(node) if isinstance(node, query.All | query.Any) else NOTHING


def _joined(node: query.All | query.Any) -> Q:
    words = tuple(each for each in node.nodes if is_words(each))
    others = [in_words(each) for each in node.nodes if not is_words(each)]
    parts = [fulltext.matching(type(node)(words)), *others] if words else others
    every = Q()
    for part in parts:
        every = every & part if isinstance(node, query.All) else every | part
    return every


def is_words(node: query.Node) -> bool:
    """Whether the index of words alone can tell."""
    if isinstance(node, query.All | query.Any):
        return bool(node.nodes) and all(map(is_words, node.nodes))
    return isinstance(node, query.Words)


def _text(asked: Filters) -> Q:
    return in_words(query.parse(asked.text or ""))


def _named(*columns: str) -> Callable[[str], Q]:
    """A part of a name, or in quotes the whole of it."""

    def condition(value: str) -> Q:
        whole = len(value) > 1 and value[0] == value[-1] == '"'
        asked = value[1:-1] if whole else value.removeprefix('"')
        found = {f"{column}{'' if whole else '__icontains'}": asked for column in columns}
        return reduce(or_, (Q(**{column: value}) for column, value in found.items()))

    return condition


def _agency(value: str) -> Q:
    return _named("agency")(value) | (Q(agency=None) & _named("source__agency")(value))


def _band(value: str) -> Q:
    if value == "yearly":
        return Q(value_basis="year") & ~UNKNOWN["band"]
    low, high = _BOUNDS[value]
    lower, upper = Q(value_min__isnull=False), Q(value_min=None, value_max__isnull=False)
    if low is not None:
        lower, upper = lower & Q(value_min__gte=low), upper & Q(value_max__gt=low)
    if high is not None:
        lower, upper = lower & Q(value_min__lt=high), upper & Q(value_max__lte=high)
    return ~Q(value_basis="year") & (lower | upper)


def _quarter(value: str) -> Q:
    days = quarter_days(value)
    return Q(anchor__range=days) & ~_YEARWIDE if days else NOTHING


def quarter_days(name: str) -> tuple[date, date] | None:
    """The first and last day of `FY26Q3`; None for what is no quarter."""
    year, q, number = name.upper().removeprefix("FY").partition("Q")
    if not (q and year.isascii() and year.isdigit() and len(year) in (2, 4) and number in {*"1234"}):
        return None
    window = quarter_window(int(year) if len(year) == 4 else 2000 + int(year), int(number))
    return (window.first, window.last) if window.first and window.last else None


def _at_least(asked: Filters) -> Q:
    """A yearly amount may meet it too: a total is at least one year (R8)."""
    return Q(value_max__gte=asked.min_value) | Q(value_max=None, value_min__isnull=False)


def _at_most(asked: Filters) -> Q:
    """A yearly amount cannot meet it: its total is unknown (R8)."""
    total = ~Q(value_basis="year")
    return total & (Q(value_min__lte=asked.max_value) | Q(value_min=None, value_max__isnull=False))


def _changed(asked: Filters) -> Q:
    return Q(Exists(Change.objects.filter(prospect=OuterRef("pk"), at__gte=asked.changed_since)))


def _of_prospect(condition: Q) -> Q:
    """What is asked of columns that an entry of the list does not have."""
    return Q(pk__in=Prospect.objects.filter(condition).order_by().values("pk"))


_NO_VALUE = Q(value_min=None, value_max=None)
UNKNOWN: dict[str, Q] = {
    **{it: Q(**{f"{it}__isnull": True}) for it in ("component", "office", "set_aside", "competition", "phase",
                                                   "requirement_type")},
    "naics": Q(naics_code=None),
    "psc": Q(psc_code=None),
    "vehicle": Q(contract_vehicle=None, contract_vehicle_text=None),
    "incumbent": Q(incumbent_name=None),
    "place": Q(place_state=None),
    "band": _NO_VALUE,
    "quarter": Q(anchor=None) | _YEARWIDE,
    "min_value": _NO_VALUE,
    "max_value": _NO_VALUE | Q(value_basis="year"),
    "solicitation_from": Q(solicitation_to=None),
    "solicitation_to": Q(solicitation_from=None),
}  # fmt: skip
_ONE: dict[str, Callable[[str], Q]] = {
    "source": lambda it: Q(source__key=it) | Q(source__name__iexact=it),
    "agency": _agency,
    "component": _named("component"),
    "office": _named("office"),
    "naics": lambda it: Q(naics_code__startswith=it),
    "psc": lambda it: Q(psc_code__istartswith=it),
    "set_aside": lambda it: Q(set_aside__iexact=it),
    "competition": lambda it: Q(competition=it),
    "vehicle": _named("contract_vehicle", "contract_vehicle_text"),
    "incumbent": _named("incumbent_name"),
    "requirement_type": _named("requirement_type"),
    "phase": lambda it: Q(phase=it),
    "state": lambda it: Q(state=it),
    "place": lambda it: Q(place_state=places.state(it) or "??"),
    "band": _band,
    "quarter": _quarter,
}
_WHOLE: dict[str, Callable[[Filters], Q]] = {
    "text": _text,
    "min_value": _at_least,
    "max_value": _at_most,
    "solicitation_from": lambda it: Q(solicitation_to__gte=it.solicitation_from),
    "solicitation_to": lambda it: Q(solicitation_from__lte=it.solicitation_to),
    "changed_since": _changed,
    "fit": lambda it: _of_prospect(fit_query.asked(it.fit)),
    "competed": lambda it: _of_prospect(fit_query.competed()),  # noqa: ARG005  # as the others
}
