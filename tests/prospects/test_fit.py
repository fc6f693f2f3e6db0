"""Whether a prospect fits the company, and which evidence says so."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from prospect_aggregate.prospects.fit import Fit, judge
from prospect_aggregate.prospects.fit_rules import Answer
from prospect_aggregate.prospects.profile import Profile
from tests.prospects.fits import a_prospect, profiles, values

SMALL = Profile(naics=("5415",), eligibilities=("SB", "8A"))


def answer(profile: Profile, name: str, **facts: Any) -> tuple[str, str]:
    """How one question is answered, and why."""
    verdict = judge(profile, a_prospect(**facts))
    factor = next(it for it in verdict.factors if it.question.name == name)
    return factor.answer.value, factor.evidence


@given(profiles, values)
def test_fits_means_no_gate_is_no_or_unknown_and_some_interest_is_yes(
    profile: Profile, row: dict[str, Any]
) -> None:
    verdict = judge(profile, row)
    gates = {factor.answer for factor in verdict.factors if factor.question.gate}
    wanted = any(factor.answer is Answer.YES for factor in verdict.factors if not factor.question.gate)
    assert (verdict.fit is Fit.FITS) == (wanted and gates <= {Answer.YES, Answer.NOT_ASKED})
    assert (verdict.fit is Fit.POSSIBLE) == (wanted and Answer.NO not in gates and Answer.UNKNOWN in gates)
    assert (verdict.fit is Fit.NO) == (not wanted or Answer.NO in gates)


@given(profiles, values)
def test_every_answer_has_its_evidence_and_every_verdict_its_reason(
    profile: Profile, row: dict[str, Any]
) -> None:
    verdict = judge(profile, row)
    assert all(factor.evidence and "{" not in factor.evidence for factor in verdict.factors)
    assert len({factor.question.name for factor in verdict.factors}) == 13
    assert verdict.because or not profile.seeks


@given(values)
def test_a_profile_that_names_no_interest_fits_nothing(row: dict[str, Any]) -> None:
    assert judge(Profile(eligibilities=("SB",), states=("VA",)), row).fit is Fit.NO


@given(profiles, values)
def test_asking_for_less_never_makes_a_fit_worse(profile: Profile, row: dict[str, Any]) -> None:
    """Of a gate; of an interest there may be none left."""
    order = [Fit.FITS, Fit.POSSIBLE, Fit.NO]
    before = order.index(judge(profile, row).fit)
    empty = {"vehicles": (), "clearance": None, "exclusions": (), "avoided": ()}
    for name, nothing in empty.items():
        eased = judge(dataclasses.replace(profile, **{name: nothing}), row).fit
        assert order.index(eased) <= before, name


def test_a_small_business_set_aside_under_our_code_fits() -> None:
    verdict = judge(SMALL, a_prospect(naics_codes=["541519"], set_aside="SBA"))
    assert verdict.fit is Fit.FITS
    assert [it.evidence for it in verdict.because] == ["541519 is on your list"]


def test_what_is_not_wanted_says_so_whatever_else_is_unknown() -> None:
    verdict = judge(SMALL, a_prospect(naics_codes=["236220"], set_aside="TBD"))
    assert verdict.fit is Fit.NO
    assert [it.evidence for it in verdict.because] == ["236220 is not on your list"]


def test_a_set_aside_to_be_determined_is_possible_and_says_so() -> None:
    verdict = judge(
        SMALL, a_prospect(naics_codes=["541519"], set_aside="TBD", set_aside_text="To be determined")
    )
    assert verdict.fit is Fit.POSSIBLE
    assert [it.evidence for it in verdict.because] == ["set-aside To be determined"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"set_aside": "NONE", "set_aside_text": "Full and Open"}, "yes"),
        ({"set_aside": "TBD", "competition": "full_and_open"}, "yes"),
        ({"set_aside": "OTHER", "competition": "full_and_open"}, "unknown"),
        ({"set_aside": None}, "unknown"),
        ({"set_aside": "8A"}, "yes"),
        ({"set_aside": "HZC"}, "no"),
        ({"set_aside": "8A", "basis": "expiring_contract"}, "unknown"),
        ({"set_aside": "VSA"}, "unknown"),
        ({"set_aside": "ISBEE"}, "unknown"),
    ],
)
def test_the_gate_of_set_asides(facts: dict[str, Any], said: str) -> None:
    assert answer(SMALL, "set_aside", **facts)[0] == said


def test_small_is_what_the_company_says_it_is_code_by_code() -> None:
    stated = Profile(naics=("541519", "236220"), small_under=("541519",), eligibilities=("SB",))
    assert answer(stated, "set_aside", set_aside="SBA", naics_codes=["541519"])[0] == "yes"
    assert answer(stated, "set_aside", set_aside="SBA", naics_codes=["236220"])[0] == "no"
    assert answer(stated, "set_aside", set_aside="SBA", naics_codes=["561720"])[0] == "unknown"
    assert answer(Profile(eligibilities=("8A",)), "set_aside", set_aside="SBA")[0] == "no"
    assert answer(Profile(eligibilities=("LARGE",)), "set_aside", set_aside="8A")[0] == "no"


def test_only_a_published_sole_source_of_somebody_else_is_a_no() -> None:
    known = Profile(own_names=("Example Corp",))
    assert answer(known, "competition", competition="sole_source", incumbent_name="EXAMPLE CORP.")[0] == "yes"
    assert answer(known, "competition", competition="sole_source", incumbent_name="Examplecorp")[0] == "no"
    assert answer(known, "competition", competition=None, set_aside="8AN")[0] == "no"
    assert answer(known, "competition", competition="not_competed")[0] == "unknown"
    assert answer(known, "competition", competition=None)[0] == "not_asked"
    assert answer(known, "competition", set_aside="8AN", basis="expiring_contract")[0] == "not_asked"


def test_a_vehicle_that_is_not_held_is_named() -> None:
    holds = Profile(vehicles=("GSA Schedule",))
    sewp = {"contract_vehicle": "NASA SEWP", "contract_vehicle_text": "NASA SEWP V"}
    assert answer(holds, "vehicle", **sewp) == ("no", "NASA SEWP V, not held")
    assert answer(holds, "vehicle", contract_vehicle="GSA Schedule")[0] == "yes"
    assert answer(holds, "vehicle", contract_vehicle_text="Open Market Solutions")[0] == "yes"
    assert answer(holds, "vehicle", contract_vehicle_text="IDIQ")[0] == "unknown"
    assert answer(Profile(), "vehicle", **sewp)[0] == "not_asked"


def test_values_match_when_the_bands_overlap_and_a_year_is_the_least_of_a_total() -> None:
    band = Profile(value_min=Decimal(250_000), value_max=Decimal(5_000_000))
    million = Decimal(1_000_000)
    assert answer(band, "value", value_min=4 * million, value_max=9 * million)[0] == "yes"
    assert answer(band, "value", value_min=6 * million)[0] == "no"
    assert answer(band, "value", value_max=Decimal(150_000))[0] == "no"
    assert answer(band, "value")[0] == "unknown"
    assert answer(band, "value", value_min=million, value_max=million, value_basis="year")[0] == "unknown"
    least = Profile(value_min=Decimal(250_000))
    assert answer(least, "value", value_min=million, value_max=million, value_basis="year")[0] == "yes"


def test_a_place_may_be_ours_elsewhere_everywhere_abroad_or_unknown() -> None:
    local, mobile = Profile(states=("VA",)), Profile(states=("VA",), anywhere=True)
    assert answer(local, "place", place_state="VA")[0] == "yes"
    assert answer(local, "place", place_state="TX")[0] == "no"
    assert answer(local, "place", place_text="Nationwide US", place_country="USA")[0] == "unknown"
    assert answer(mobile, "place", place_text="Nationwide US", place_country="USA")[0] == "yes"
    assert answer(local, "place", place_text="Bogota", place_country="COL")[0] == "no"
    assert answer(local, "place", place_text="TBD")[0] == "unknown"


def test_the_highest_clearance_that_is_named_counts() -> None:
    cleared = Profile(clearance="secret")
    assert answer(cleared, "clearance", clearance="facility Secret, personnel Top Secret")[0] == "no"
    assert answer(cleared, "clearance", clearance="Confidential")[0] == "yes"
    assert answer(cleared, "clearance", clearance="Other")[0] == "unknown"
    assert answer(cleared, "clearance", clearance=None)[0] == "not_asked"


def test_words_are_whole_words_whatever_their_case() -> None:
    wanted = Profile(keywords=("AI", "help desk"))
    assert answer(wanted, "keywords", title="Aid to maintain", description="none")[0] == "no"
    assert answer(wanted, "keywords", title="HELP  DESK") == ("yes", "“help desk” stands in its title")
    assert answer(wanted, "keywords", title="x", description="(ai)") == (
        "yes",
        "“AI” stands in its description",
    )
    assert answer(wanted, "keywords", title="x", description=None)[0] == "unknown"


def test_an_exclusion_and_an_agency_to_avoid_end_it() -> None:
    careful = Profile(naics=("5415",), exclusions=("janitorial",), avoided=("CBP",))
    assert judge(careful, a_prospect(naics_codes=["541511"])).fit is Fit.FITS
    assert judge(careful, a_prospect(naics_codes=["541511"], title="Janitorial systems")).fit is Fit.NO
    assert judge(careful, a_prospect(naics_codes=["541511"], component="CBP")).fit is Fit.NO


def test_a_published_group_of_codes_may_hold_ours() -> None:
    assert answer(Profile(psc=("R425",)), "psc", psc_codes=["R"])[0] == "unknown"
    assert answer(Profile(psc=("R4",)), "psc", psc_codes=["R425"])[0] == "yes"
    assert answer(Profile(psc=("R425",)), "psc", psc_codes=["R499"])[0] == "no"


def test_what_the_agency_has_closed_or_has_left_fits_no_more() -> None:
    assert answer(SMALL, "closed", phase="awarded", phase_text="Contract Awarded") == (
        "no", "the agency says: Contract Awarded",
    )  # fmt: skip
    assert answer(SMALL, "closed", state="withdrawn")[0] == "no"
    assert answer(SMALL, "closed", phase="evaluation")[0] == "yes"
