"""The fit of a prospect as the database works it out, from the same rules as `fit.judge`."""

from functools import reduce, singledispatch
from operator import and_, or_
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Greatest, StrIndex
from django.db.models.lookups import Exact, GreaterThan, In

from prospect_aggregate.prospects import company
from prospect_aggregate.prospects import fit_conditions as it
from prospect_aggregate.prospects.fit import COLUMNS, Fit, questions
from prospect_aggregate.prospects.fit_rules import Answer, Question
from prospect_aggregate.prospects.models import Prospect
from prospect_aggregate.prospects.profile import Profile

RANKS = {Fit.FITS: 0, Fit.POSSIBLE: 1, Fit.NO: 2}
ASKED = {"fits": (Fit.FITS,), "possible": (Fit.FITS, Fit.POSSIBLE), "no": (Fit.NO,)}
"""What a listing can be asked for (`filters.FITS`)."""
_OF_GATE = {Answer.YES: 0, Answer.NOT_ASKED: 0, Answer.UNKNOWN: 1, Answer.NO: 2}


def values_of(prospect: Prospect) -> dict[str, Any]:
    """What `judge` asks of a prospect that was read with its source."""
    own = {name: getattr(prospect, name) for name in COLUMNS if not name.startswith("source__")}
    return own | {f"source__{name}": getattr(prospect.source, name) for name in ("name", "agency", "key")}


def rank(profile: Profile) -> Case:
    """0 fits, 1 possible, 2 no: an order to sort by, and a number to filter and count by."""
    asked = questions(profile)
    gates = [_gate(question) for question in asked if question.gate and _matters(question)]
    wanted = _any([_answers_yes(question) for question in asked if not question.gate])
    worst = Greatest(*gates) if len(gates) > 1 else gates[0]
    return Case(When(wanted, then=worst), default=Value(RANKS[Fit.NO]), output_field=IntegerField())


def rank_of_ours() -> Subquery | Value:
    """By the company's own profile, of a prospect or its entry; NULL for all where there is none."""
    profile = company.profile()
    if profile is None:
        return Value(None, output_field=IntegerField())
    ranked = Prospect.objects.filter(pk=OuterRef("pk")).order_by().annotate(fit=rank(profile))
    return Subquery(ranked.values("fit"))


def of_fit(profile: Profile, *wanted: Fit) -> Q:
    """Prospects of these fits."""
    return Q(In(rank(profile), [RANKS[fit] for fit in wanted]))


def asked(name: str | None) -> Q:
    """Of the company's own profile; nothing fits where there is none."""
    profile = company.profile()
    if name is None or profile is None:
        return Q(pk__in=())
    return of_fit(profile, *ASKED[name])


def competed() -> Q:
    """The same of its competition, which needs no profile but for the company's names."""
    return open_to_us(company.profile() or Profile())


def open_to_us(profile: Profile) -> Q:
    """No sole source, unless the company holds the current contract."""
    return ~answered(profile, "competition", Answer.NO)


def answered(profile: Profile, name: str, answer: Answer) -> Q:
    """Prospects of which a gate is answered so; what is not asked counts as a yes."""
    question = next(question for question in questions(profile) if question.name == name)
    return Q(Exact(_gate(question), Value(_OF_GATE[answer])))


def where(condition: it.Condition) -> Q:
    """A condition as the database reads it; what is unknown does not hold."""
    return _condition(condition)


def _matters(question: Question) -> bool:
    """A gate that only ever passes needs no looking."""
    return any(_OF_GATE[rule.answer] for rule in question.rules)


def _gate(question: Question) -> Case:
    whens = [When(_condition(rule.when), then=Value(_OF_GATE[rule.answer])) for rule in question.rules[:-1]]
    default = Value(_OF_GATE[question.rules[-1].answer])
    return Case(*whens, default=default, output_field=IntegerField())


def _answers_yes(question: Question) -> Q:
    """Every rule of an interest that says yes comes first."""
    return _any([_condition(rule.when) for rule in question.rules if rule.answer is Answer.YES])


def _any(parts: list[Q]) -> Q:
    return reduce(or_, parts, Q(pk__in=()))


@singledispatch
def _condition(condition: Any) -> Q:
    raise TypeError(f"no query for {condition!r}")


@_condition.register
def _(condition: it.Always) -> Q:  # noqa: ARG001  # what tells it from the others
    return Q(pk__isnull=False)


@_condition.register
def _(condition: it.Is) -> Q:
    return Q(**{f"{condition.column}__in": condition.values})


@_condition.register
def _(condition: it.Absent) -> Q:
    return Q(**{f"{condition.column}__isnull": True})


@_condition.register
def _(condition: it.Present) -> Q:
    return Q(**{f"{condition.column}__isnull": False})


@_condition.register
def _(condition: it.Lists) -> Q:
    text, end = Cast(F(condition.column), TextField()), '"' if condition.whole else ""
    return _any([Q(GreaterThan(StrIndex(text, Value(f'"{code}{end}')), 0)) for code in condition.codes])


@_condition.register
def _(condition: it.Empty) -> Q:
    return Q(Exact(Cast(F(condition.column), TextField()), Value("[]")))


@_condition.register
def _(condition: it.Reads) -> Q:
    return Q(**{f"{condition.column}__regex": condition.pattern})


@_condition.register
def _(condition: it.Amount) -> Q:
    return Q(**{f"{condition.column}__{condition.how}": condition.than})


@_condition.register
def _(condition: it.Every) -> Q:
    return reduce(and_, map(_condition, condition.parts))


@_condition.register
def _(condition: it.Some) -> Q:
    return reduce(or_, map(_condition, condition.parts))
