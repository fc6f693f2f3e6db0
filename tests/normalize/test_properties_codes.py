"""What holds for every code, however it is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize import codes, vocabularies
from prospect_aggregate.normalize.codes import Coded
from prospect_aggregate.normalize.text import Cell, fold, is_placeholder, line
from tests.normalize.spellings import (
    AWARD_NUMBERS,
    COMPETITIONS,
    NAICS,
    PHASES,
    PRICINGS,
    PSC,
    REQUIREMENTS,
    SET_ASIDES,
    VEHICLES,
    cells,
    near,
)

SET_ASIDE_WORDS = {
    "SBA": r"small ?business|sb", "SBP": r"partial", "8A": r"8 ?\(?a", "8AN": r"sole", "HZC": r"hubzone",
    "HZS": r"sole", "SDVOSBC": r"veteran|sdvosb", "SDVOSBS": r"sole", "WOSB": r"woman|women|wosb", "WOSBSS": r"sole",
    "EDWOSB": r"economically|edwosb", "EDWOSBSS": r"sole", "ISBEE": r"indian", "IEE": r"indian", "BICiv": r"indian",
    "VSA": r"veteran|vosb", "VSS": r"sole", "LAS": r"local area", "NONE": r"no|open|unrestricted|other than",
    "TBD": r"tb|determin|announc|unk|pending", "OTHER": r"other|yes|ability ?one|disadvantaged|reserves",
}  # fmt: skip
"""A word of each code, without which nobody can mean it."""
COMPETITION_WORDS = {
    "full_and_open": r"open|unrestricted", "sole_source": r"sole",
    "set_aside": r"setaside|small|sb|8 ?\(?a|hubzone|veteran|woman|women|indian|local area",
    "limited": r"limited", "competed": r"compet|yes", "not_competed": r"no",
}  # fmt: skip
PHASE_WORDS = {
    "planning": r"plan", "market_research": r"market", "drafting": r"draft", "solicitation": r"solicitation",
    "evaluation": r"evaluation|selection", "awarded": r"award", "cancelled": r"cancel",
    "withdrawn_by_agency": r"withdrawn", "no_longer_required": r"no longer|nolongerrequired|nlr",
    "option_exercise": r"option", "closed": r"closed",
}  # fmt: skip
CODED = {
    "set_aside": codes.set_aside,
    "method": codes.method,
    "competition": codes.competition,
    "vehicle": codes.vehicle,
    "phase": codes.phase,
}
WORDED = {"contract_type": codes.contract_type, "requirement_type": codes.requirement_type}
VOCABULARY = cells(*SET_ASIDES, *COMPETITIONS, *PRICINGS, *VEHICLES, *REQUIREMENTS, *PHASES)


def said(cell: Cell) -> str:
    return (line(cell) or "").casefold()


def names(words: str, cell: Cell) -> bool:
    """Whether one of these words stands in a cell, whatever is typed between its letters."""
    spread = re.sub(r"(?<=[a-z])(?=[a-z])", r"[\\W_]*", words)
    return re.search(spread, said(cell)) is not None


@given(cells(*NAICS))
def test_an_industry_code_is_real_and_stands_in_the_text(cell: Cell) -> None:
    found = codes.naics(cell)
    digits = re.findall(r"\d+", line(cell) or "")
    assert len(set(found)) == len(found)
    assert set(found) <= codes.naics_titles().keys()
    assert all(code in digits or f"{code}{'999'}" in digits or digits == [line(cell)] for code in found)


@given(st.sampled_from(sorted(codes.naics_titles())), st.sampled_from("0123456789"))
def test_a_longer_number_is_no_industry_code(code: str, digit: str) -> None:
    for number in (code + digit, digit + code, f"{code}.{digit}5", f"${code}", f"{code[:3]},{code[3:]}"):
        assert codes.naics(number) == ()


@given(st.lists(st.sampled_from(sorted(codes.naics_titles())), max_size=4, unique=True))
def test_industry_codes_are_read_again_from_their_own_spelling(listed: list[str]) -> None:
    assert codes.naics(", ".join(listed)) == tuple(listed)
    for code in listed:
        assert codes.naics(code) == codes.naics(int(code)) == codes.naics(float(code)) == (code,)


@given(cells(*PSC))
def test_a_product_code_stands_at_the_head_of_the_text_and_is_read_again(cell: Cell) -> None:
    found = codes.psc(cell)
    head = [piece.upper() for piece in re.split(r"[^0-9A-Za-z]+", line(cell) or "")[: len(found) + 1]]
    assert all(re.fullmatch(r"[A-Z0-9]{1,4}", code) for code in found)
    assert head[: len(found)] == list(found) or set(found) <= set(
        re.findall(r"[0-9A-Z]+", said(cell).upper())
    )
    assert codes.psc(", ".join(found)) == found


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=12))
def test_a_word_is_no_product_code(word: str) -> None:
    assert codes.psc(word) == ()


@pytest.mark.parametrize("read", CODED.values(), ids=CODED)
@given(cell=VOCABULARY)
def test_the_agencys_words_stay_beside_every_code(read, cell: Cell) -> None:
    assert read(cell).text == line(cell)


@given(VOCABULARY, st.sampled_from(["Insourcing", "TBD", None]))
def test_a_question_or_a_reason_changes_the_words_and_never_the_code(cell: Cell, reason: Cell) -> None:
    read = codes.phase(cell)
    asked, explained = read.labelled("Status"), read.because(reason)
    assert asked.code == explained.code == read.code
    assert asked.text == (f"Status: {read.text}" if read.text else None)
    assert (explained.text or "").startswith(read.text or "")


@given(cells(*SET_ASIDES))
def test_a_set_aside_is_named_in_the_text(cell: Cell) -> None:
    code = codes.set_aside(cell).code
    assert code in (None, line(cell)) or names(SET_ASIDE_WORDS[str(code)], cell)
    assert code == "TBD" or not is_placeholder(line(cell) or "") or code is None


@given(near(*SET_ASIDES), st.sampled_from(["not", "or", "and", "maybe", "former", "except"]))
def test_a_word_more_leaves_a_set_aside_unread(cell: str, word: str) -> None:
    before = codes.set_aside(cell).code
    after = codes.set_aside(f"{cell} {word}").code
    assert after in (None, "TBD") or before == after == "NONE"


@given(cells(*SET_ASIDES, *COMPETITIONS))
def test_a_sole_source_is_called_one(cell: Cell) -> None:
    is_sole = codes.set_aside(cell).code in vocabularies.SOLE_SOURCE_CODES
    is_said = names("sole", cell) or line(cell) in vocabularies.SOLE_SOURCE_CODES
    assert not is_sole or is_said
    assert codes.competition(cell).code != "sole_source" or is_said


@given(cells(*SET_ASIDES, *COMPETITIONS))
def test_competition_is_named_in_the_text(cell: Cell) -> None:
    code = codes.competition(cell).code
    is_code = line(cell) in vocabularies.SET_ASIDE_CODES
    assert code is None or is_code or names(COMPETITION_WORDS[code], cell)


@given(cells(*SET_ASIDES, *COMPETITIONS))
def test_a_method_is_the_set_aside_or_a_purchase_without_one(cell: Cell) -> None:
    read, alone = codes.method(cell), codes.set_aside(cell)
    assert read == alone or (read.code, alone.code) == ("NONE", None)
    if read != alone:
        assert codes.competition(cell).code in ("sole_source", "limited", "not_competed")


@given(cells(*PHASES))
def test_a_phase_is_named_in_the_text(cell: Cell) -> None:
    code = codes.phase(cell).code
    assert code is None or names(PHASE_WORDS[code], cell)


@given(cells(*VEHICLES))
def test_a_vehicle_is_named_in_the_text_and_is_the_only_one(cell: Cell) -> None:
    name = codes.vehicle(cell).code
    known = {each for each, pattern in vocabularies.VEHICLES if pattern.search(line(cell) or "")}
    assert name is None or known == {name}


@pytest.mark.parametrize("read", WORDED.values(), ids=WORDED)
@given(cell=VOCABULARY)
def test_other_words_are_kept_as_published(read, cell: Cell) -> None:
    name = read(cell)
    assert name in {None, line(cell)} or fold(name) in fold("".join(STANDARD_NAMES))
    assert (name is None) == (line(cell) is None or is_placeholder(line(cell) or ""))
    assert read(name) == name or "&" in (name or "")


STANDARD_NAMES = {*vocabularies.CONTRACT_TYPES.values(), *vocabularies.REQUIREMENT_TYPES.values()}


@pytest.mark.parametrize(
    ("read", "known"),
    [
        (codes.set_aside, vocabularies.SET_ASIDE_CODES | {"NONE", "TBD", "OTHER"}),
        (codes.competition, set(COMPETITION_WORDS)),
        (codes.phase, set(PHASE_WORDS)),
        (codes.vehicle, {name for name, _ in vocabularies.VEHICLES}),
        (lambda cell: Coded(codes.contract_type(cell)), set(vocabularies.CONTRACT_TYPES.values())),
        (lambda cell: Coded(codes.requirement_type(cell)), set(vocabularies.REQUIREMENT_TYPES.values())),
    ],
    ids=["set_aside", "competition", "phase", "vehicle", "contract_type", "requirement_type"],
)
def test_every_code_is_read_from_itself(read, known: set[str]) -> None:
    assert {code: read(code).code for code in known} == {code: code for code in known}


@given(cells(*AWARD_NUMBERS))
def test_a_contract_number_has_only_letters_and_digits_of_its_cell(cell: Cell) -> None:
    number = codes.award_number(cell)
    if number is None:
        return
    published = re.sub(r"[^0-9A-Z]", "", (line(cell) or "").upper())
    for piece in re.split(r"; | / ", number):
        assert re.fullmatch(r"[A-Z0-9]{10,17}", piece, re.ASCII)
        assert piece in published
    assert codes.award_number(number) == number


@given(near(*AWARD_NUMBERS), st.sampled_from(["new task order", "replaces", "see", "LLC", "(expired)"]))
def test_a_number_inside_a_sentence_is_no_incumbents(cell: str, words: str) -> None:
    assert codes.award_number(f"{words} {cell}") is None
