"""Whether a prospect fits the company: one of three answers, with the evidence for each of its factors."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from prospect_aggregate.prospects.fit_conditions import Values
from prospect_aggregate.prospects.fit_rules import Answer, Question, questions_of
from prospect_aggregate.prospects.fit_words import LEFT_EMPTY
from prospect_aggregate.prospects.profile import Profile

questions = lru_cache(maxsize=8)(questions_of)
COLUMNS = (
    "title", "description", "agency", "component", "office", "naics_codes", "psc_codes", "set_aside",
    "set_aside_text", "competition", "competition_text", "contract_vehicle", "contract_vehicle_text",
    "value_min", "value_max", "value_basis", "value_text", "place_state", "place_city", "place_country",
    "place_text", "incumbent_name", "clearance", "phase", "phase_text", "state", "basis",
    "source__name", "source__agency", "source__key",
)  # fmt: skip
"""What a fit is judged by."""


class Fit(StrEnum):
    FITS = "fits"
    POSSIBLE = "possible"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Factor:
    """One question, how it is answered, and the sentence that says why."""

    question: Question
    answer: Answer
    evidence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    fit: Fit
    factors: tuple[Factor, ...]
    """Gates, then interests."""

    @property
    def asked(self) -> list[Factor]:
        return [factor for factor in self.factors if factor.answer is not Answer.NOT_ASKED]

    @property
    def known(self) -> list[Factor]:
        return [factor for factor in self.asked if factor.answer is not Answer.UNKNOWN]

    @property
    def because(self) -> list[Factor]:
        """What decides it: the gates that say no, or are unknown; of what fits or is not wanted, the interests."""
        wanted = {Fit.NO: Answer.NO, Fit.POSSIBLE: Answer.UNKNOWN}.get(self.fit)
        gates = [it for it in self.factors if it.question.gate and it.answer is wanted]
        interests = [it for it in self.asked if not it.question.gate]
        return gates or [it for it in interests if self.fit is Fit.NO or it.answer is Answer.YES]

    @property
    def left_empty(self) -> list[Factor]:
        """Not asked, because the profile says nothing of it."""
        return [factor for factor in self.factors if factor.evidence == LEFT_EMPTY]

    @property
    def not_said(self) -> list[Factor]:
        """Not asked, because the list says nothing of it."""
        left = [factor for factor in self.factors if factor.answer is Answer.NOT_ASKED]
        return [factor for factor in left if factor.evidence != LEFT_EMPTY]


def judge(profile: Profile, values: Values) -> Verdict:
    """`values` has every one of COLUMNS."""
    factors = tuple(_answered(question, values) for question in questions(profile))
    return Verdict(_fit(factors), factors)


def _answered(question: Question, values: Values) -> Factor:
    rule = next(rule for rule in question.rules if rule.when.holds(values))
    return Factor(question, rule.answer, rule.evidence(values))


def _fit(factors: tuple[Factor, ...]) -> Fit:
    gates = {factor.answer for factor in factors if factor.question.gate}
    wanted = any(it.answer is Answer.YES for it in factors if not it.question.gate)
    if Answer.NO in gates or not wanted:
        return Fit.NO
    return Fit.POSSIBLE if Answer.UNKNOWN in gates else Fit.FITS
