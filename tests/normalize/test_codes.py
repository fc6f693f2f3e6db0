"""Code lists as agencies write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize import codes, vocabularies
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import line

CELLS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes())
CODE_LIKE = st.text(alphabet="0123456789ABCNRDF-/ ,;|:", max_size=40)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("541519 - Other Computer Related Services", ("541519",)),
        ("541519 | Other Computer Related Services", ("541519",)),
        ("541519--Other Computer Related Services", ("541519",)),
        ("541519-Other Computer Related Services", ("541519",)),
        ("541330: Engineering Services", ("541330",)),
        ("621399 : Offices of All Other", ("621399",)),
        (541611, ("541611",)),
        (237310.0, ("237310",)),
        ("541611.0", ("541611",)),
        ("334511\xa0", ("334511",)),
        ("541512/541519", ("541512", "541519")),
        ("561499, 561990", ("561499", "561990")),
        ('<div class="field--name-name">541519</div>', ("541519",)),
        ("541611999", ("541611",)),
        ("511210", ("511210",)),
        ("541712", ("541712",)),
        ("541710", ("541710",)),
        ("999999999", ()),
        ("541300", ()),
        ("5415", ()),
        ("5415190", ()),
        ("TBD", ()),
        ("$541,519", ()),
        (None, ()),
    ],
)
def test_naics_codes_are_found_in_every_spelling(cell, found):
    assert codes.naics(cell) == found


def test_the_table_holds_four_editions():
    titles = codes.naics_titles()
    assert len(titles) == 1367  # with 234930 and 541710
    assert titles["541519"] == ("2022", "Other Computer Related Services")
    assert titles["511210"] == ("2017", "Software Publishers")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Sole-Source", "NONE"),
        ("Limited Source", "NONE"),
        ("8(a) Sole Source", "8AN"),
        ("an unrestricted competition", "NONE"),
        ("a total small business set-aside", "SBA"),
        ("TBD", "TBD"),
        ("words of no table", None),
        (None, None),
    ],
)
def test_a_column_of_methods_tells_the_set_aside(cell, code):
    assert codes.method(cell).code == code


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("7A21-IT AND TELECOM - BUSINESS APPLICATION SOFTWARE", ("7A21",)),
        ("R499---SUPPORT- PROFESSIONAL: OTHER", ("R499",)),
        ("R408: Support-Professional: Program Management/Support", ("R408",)),
        ("R704", ("R704",)),
        ("Y1", ("Y1",)),
        ("R", ("R",)),
        ("66", ("66",)),
        ("7---IT AND TELECOM", ("7",)),
        (7030.0, ("7030",)),
        ("DA01/DA10", ("DA01", "DA10")),
        ("R499, D302", ("R499", "D302")),
        ("TBD - TBD", ()),
        ("NONE", ()),
        ("SOFT - ware", ()),
        ("A building", ()),
        ("25 laptops", ()),
        ("6٣", ()),
        ("N/A", ()),
        (None, ()),
    ],
)
def test_product_codes_stand_at_the_head_of_a_cell(cell, found):
    assert codes.psc(cell) == found


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("SB", "SBA"),
        ("Set-Aside - Total Small Business", "SBA"),
        ("Small business-Total", "SBA"),
        ("Small Business Set Aside - Total", "SBA"),
        ("SBA Small Business Set Aside - Total", "SBA"),
        ("Small Business Total Set-aside", "SBA"),
        ("TOTAL SB", "SBA"),
        ("a total small business set-aside", "SBA"),
        ("smallBusiness", "SBA"),
        ("Set-Aside Small Business - Partial", "SBP"),
        ("8(a)", "8A"),
        ("8(a) Competitive", "8A"),
        ("8a Competed", "8A"),
        ("COMPETITIVE 8(A)", "8A"),
        ("8(a) Sole Source", "8AN"),
        ("SOLE SOURCE 8(A)", "8AN"),
        ("HUBZone", "HZC"),
        ("HUBZone Set-Aside", "HZC"),
        ("HUBZone Sole Source", "HZS"),
        ("SDVOSB Competitive", "SDVOSBC"),
        ("Service-Disabled Veteran-Owned Small Business Set Aside", "SDVOSBC"),
        ("Service-Disabled Veteran-Owned Small Business Sole Source", "SDVOSBS"),
        ("WOMAN-OWNED SB", "WOSB"),
        ("Women Owned Small Business Sole Source", "WOSBSS"),
        ("EDWOSB", "EDWOSB"),
        ("HZS", "HZS"),
        ("Economically Disadvantaged Women-Owned Small Business", "EDWOSB"),
        ("None", "NONE"),
        ("No set aside used.", "NONE"),
        ("Unrestricted - No Set Aside Used", "NONE"),
        ("No SetAside", "NONE"),
        ("Full and Open/Unrestricted", "NONE"),
        ("Full_and_Open", "NONE"),
        ("fullopen", "NONE"),
        ("Other Than Small Business", "NONE"),
        ("AbilityOne", "OTHER"),
        ("Small Disadvantaged Business", "OTHER"),
        ("Other", "OTHER"),
        ("TBD", "TBD"),
        ("[TBD]", "TBD"),
        ("To Be Determined", "TBD"),
        ("N/A", None),
        ("Unavailable", None),
        ("Sole Source", None),
        ("8(a) or HUBZone", None),
        ("not a small business set-aside", None),
        ("", None),
        (None, None),
    ],
)
def test_set_asides_are_sam_codes_or_nothing(cell, code):
    assert codes.set_aside(cell).code == code


def test_the_agencys_words_stay_beside_every_code():
    assert codes.set_aside("8(a) or HUBZone") == Coded(None, "8(a) or HUBZone")
    assert codes.competition("[TBD]") == Coded(None, "[TBD]")
    assert codes.vehicle("To Be Determined") == Coded(None, "To Be Determined")
    assert codes.phase("With OCPO") == Coded(None, "With OCPO")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Full and Open", "full_and_open"),
        ("Full_and_Open", "full_and_open"),
        ("Full and Open Competition Non-setaside (see FAR 6.1)", "full_and_open"),
        ("Full and Open Competition with Set-aside After Exclusion of Sources (see FAR 6.2)", "set_aside"),
        ("Full and Open Competition after exclusion of sources", "set_aside"),
        ("Total Small Business Set-Aside", "set_aside"),
        ("COMPETITIVE 8(A)", "set_aside"),
        ("SOLE SOURCE 8(A)", "sole_source"),
        ("Sole-Source", "sole_source"),
        ("Limited Sources", "limited"),
        ("Competed", "competed"),
        ("Competed under SAP", "competed"),
        ("Not Competed", "not_competed"),
        ("Not Available for Competition", "not_competed"),
        ("No set aside used", None),
        ("To Be Determined", None),
        ("Whatever", None),
    ],
)
def test_competition_has_six_words(cell, code):
    assert codes.competition(cell).code == code


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Firm-Fixed-Price", "firm_fixed_price"),
        ("Firm fixed Price", "firm_fixed_price"),
        ("Fixed-Price (see FAR 16.2)", "fixed_price"),
        ("Fixed Price Award Fee", "fixed_price_award_fee"),
        ("Fixed Price Economic Price Adjustment", "fixed_price_epa"),
        ("Time-and-Material", "time_and_materials"),
        ("T&M", "time_and_materials"),
        ("Time and Materials / Labor Hour", "time_and_materials_or_labor_hour"),
        ("Labor Hour (see FAR 16.602)", "labor_hour"),
        ("Cost Plus Fixed Fee", "cost_plus_fixed_fee"),
        ("Cost-Reimbursable (see FAR 16.3)", "cost_reimbursement"),
        ("Combination", "combination"),
        ("Delivery / Task Order", "Delivery / Task Order"),
        ("Unknown/To Be Determined", None),
    ],
)
def test_pricing_has_standard_names_and_keeps_other_words(cell, name):
    assert codes.contract_type(cell) == name


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("GSA Schedule", "GSA Schedule"),
        ("Multiple Award Schedule - IT (MAS IT) (GSA)", "GSA Schedule"),
        ("Federal Supply Schedule", "GSA Schedule"),
        ("NASA SEWP V", "NASA SEWP"),
        ("OASIS+", "OASIS+"),
        ("OASIS (GSA)", "OASIS"),
        ("8(a) STARS III (8(a) STARS III)", "8(a) STARS III"),
        ("NITAAC CIO-SP3 SB", "CIO-SP3 Small Business"),
        ("NITAAC CIO-SP3", "CIO-SP3"),
        ("VETERAN TECHNOLOGY SERVICES II (VETS II) (GSA)", "VETS 2"),
        ("SEWP or GSA Schedule", None),
        ("Definitive Contract", None),
        ("GWAC", None),
        ("Currently, this information is not available", None),
    ],
)
def test_vehicles_have_one_name(cell, name):
    assert codes.vehicle(cell).code == name


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("New Requirement, No Contract", "new"),
        ("A NEW REQUIREMENT", "new"),
        ("REPLACE AN EXISTING CONTRACT", "recompete"),
        ("New Award", "new"),
        ("Re-compete Award", "recompete"),
        ("Follow-on to Existing Contract", "recompete"),
        ("REC", "recompete"),
        ("Exercise of Option", "option"),
        ("Bridge", "Bridge"),
        ("TBD", None),
    ],
)
def test_a_requirement_is_new_or_a_recompete(cell, kind):
    assert codes.requirement_type(cell) == kind


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Acquisition Planning", "planning"),
        ("IPT - Integrated Product/Project Team", "planning"),
        ("Market Research ", "market_research"),
        ("Draft Solicitation", "drafting"),
        ("Solicitation Issued", "solicitation"),
        ("Selection", "evaluation"),
        ("Awarded", "awarded"),
        ("Canceled", "cancelled"),
        ("Cancelled", "cancelled"),
        ("Withdrawn", "withdrawn_by_agency"),
        ("NLR", "no_longer_required"),
        ("Exercise of Option", "option_exercise"),
        ("Option Ended-Closed Out", "closed"),
        ("N/A", None),
    ],
)
def test_a_phase_is_what_the_agency_says(cell, code):
    assert codes.phase(cell).code == code


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("70B06C23F00000577", "70B06C23F00000577"),
        ("ST1330-18-CQ-0073", "ST133018CQ0073"),
        ("1333nd23dnb610002", "1333ND23DNB610002"),
        ("NNG15SC82B / 89503425FWA401728", "NNG15SC82B / 89503425FWA401728"),
        ("N00178-21-D-9160/N0001424F3000", "N0017821D9160 / N0001424F3000"),
        ("70RTAC21D00000006 - 70T03022F7667N033", "70RTAC21D00000006 / 70T03022F7667N033"),
        ("19AQMM21A0165 19AQMM21A0167, 19AQMM21A0166", "19AQMM21A0165; 19AQMM21A0167; 19AQMM21A0166"),
        ("DE-SC0014664", "DESC0014664"),
        ("GS-33F-Y0026 / DE-DT0005336", "GS33FY0026 / DEDT0005336"),
        ("GS-00F-013DA; ORDER #86615722F00004", "GS00F013DA / 86615722F00004"),
        ("GS-00F-013DA ORDER #86615722F00004", "GS00F013DA / 86615722F00004"),
        ("47QFDA21A0002; ORDER#47QFDA23F0038", "47QFDA21A0002 / 47QFDA23F0038"),
        ("86615623C00015 & 86615623C00016", "86615623C00015; 86615623C00016"),
        ("Contract Number:  19AQMM21D0050 Order Number:  19AQMM23F2045", "19AQMM21D0050 / 19AQMM23F2045"),
        ("HSCG23-16-A MMP083", "HSCG2316AMMP083"),
        ("GS- 23F-0011Y/86615622F00012", "GS23F0011Y / 86615622F00012"),
        ("New task order 19AQMM26F0027", None),
        ("Ending in M0183", None),
        ("see ST1330-18-CQ-0073", None),
        ("521729765", None),
        ("MC59TD7UK9G8", None),
        ("THUNDERCAT TECHNOLOGY, LLC", None),
        ("New task order to replace 19AQMM21F3201", None),
        ("47QTCA19D006G/1305M2", None),
        ("Multiple #s", None),
        ("To Be Determined", None),
        (None, None),
    ],
)
def test_a_contract_number_has_the_shape_of_one(cell, number):
    assert codes.award_number(cell) == number


@given(CELLS | CODE_LIKE)
def test_no_cell_breaks_a_reader_and_no_code_is_invented(cell):
    shown = (line(cell) or "").upper()
    assert all(code in shown and code in codes.naics_titles() for code in codes.naics(cell))
    assert all(code in shown for code in codes.psc(cell))
    number = codes.award_number(cell)
    assert number is None or set(number) - set(" /;") <= set(shown)
    for read in (codes.set_aside, codes.competition, codes.vehicle, codes.phase):
        assert isinstance(read(cell), Coded)
    assert codes.contract_type(cell) != ""
    assert codes.requirement_type(cell) != ""


@given(
    st.sampled_from(sorted(codes.naics_titles())),
    st.sampled_from([" - ", " | ", "--", "-", ": ", " : ", "/", ""]),
)
def test_every_code_survives_being_written_and_read(code, mark):
    assert codes.naics(f"{code}{mark}{codes.naics_titles()[code][1] if mark else ''}") == (code,)


def test_every_word_of_the_tables_is_a_code_that_exists():
    allowed = vocabularies.SET_ASIDE_CODES | {"NONE", "TBD", "OTHER"}
    assert set(vocabularies.SET_ASIDES.values()) <= allowed
    assert allowed >= vocabularies.SOLE_SOURCE_CODES
    assert set(vocabularies.PHASES.values()) >= vocabularies.CLOSED_PHASES


def test_a_reason_and_a_question_stand_beside_the_words():
    assert codes.phase("Withdrawn").because("Insourcing").text == "Withdrawn: Insourcing"
    assert codes.phase("Withdrawn").because("N/A") == codes.phase("Withdrawn")
    assert codes.competition("No").labelled("Competition") == Coded("not_competed", "Competition: No")
    assert Coded().labelled("Competition") == Coded()
