"""What holds for every text, name and address, however it is written."""

import html
import re
import time
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.normalize import codes, dates, money, places, spans, text
from prospect_aggregate.normalize.text import Cell
from tests.normalize.spellings import AWARD_NUMBERS, PLACES, SCALARS, TEXTS, cells, near

ANY = cells(*TEXTS, *PLACES, *AWARD_NUMBERS)
PLAIN = st.text(alphabet=st.characters(exclude_characters="&<"), max_size=80)
"""Without entities and tags, which are read once: what they spell is text from then on."""
LINES = {
    "as_text": text.as_text, "line": text.line, "prose": text.prose, "identifier": text.identifier,
    "known": text.known, "named": text.named, "email": text.email, "phone": text.phone, "person": text.person,
    "web_address": text.web_address,
}  # fmt: skip
EXCEL = 32_767
"""Characters in the longest cell of a workbook."""
ONE_CELL = {
    **LINES, "emails": text.emails, "joined": text.joined, "value_range": money.value_range, "yearly": money.yearly,
    "day": dates.day, "month": dates.month, "fiscal_quarter": dates.fiscal_quarter, "fiscal_year": dates.fiscal_year,
    "any_window": dates.any_window, "in_words": dates.in_words, "naics": codes.naics, "psc": codes.psc,
    "set_aside": codes.set_aside, "method": codes.method, "competition": codes.competition,
    "contract_type": codes.contract_type, "vehicle": codes.vehicle, "requirement_type": codes.requirement_type,
    "phase": codes.phase, "award_number": codes.award_number, "state": places.state, "country": places.country,
    "place": places.place, "in_state": places.in_state, "one_cell": places.one_cell, "choices": text.choices,
    "start": spans.start, "months": spans.months,
}  # fmt: skip
"""Every reader of one cell that there is."""


def is_within(part: str | None, whole: str) -> bool:
    """Whether the letters of a part stand in the whole, in their order, blanks apart."""
    letters = iter("".join(whole.split()))
    return all(letter in letters for letter in "".join((part or "").split()))


@pytest.mark.parametrize("read", LINES.values(), ids=LINES)
@given(cell=ANY)
def test_a_text_is_taken_from_its_cell_and_never_blank(read, cell: Cell) -> None:
    shown = read(cell)
    assert shown is None or shown == shown.strip() != ""
    if isinstance(cell, str):
        assert is_within(shown, cell) or "&" in cell
    else:
        assert shown is None or shown == text.as_text(cell)


@given(PLAIN)
def test_an_entity_is_read_as_what_it_stands_for(cell: str) -> None:
    assert text.as_text(html.escape(f"{cell} R&D 'x' <5")) == text.as_text(f"{cell} R&D 'x' <5")


@given(ANY)
def test_a_text_can_be_stored_anywhere(cell: Cell) -> None:
    shown = text.as_text(cell) or ""
    shown.encode()
    assert "\x00" not in shown
    assert "\n" not in (text.line(cell) or "")


@given(ANY)
def test_a_line_is_the_text_with_its_blanks_squeezed(cell: Cell) -> None:
    assert (text.line(cell) or "").split() == (text.as_text(cell) or "").split()
    assert "  " not in (text.line(cell) or "")


@given(ANY)
def test_known_and_named_say_nothing_but_the_line(cell: Cell) -> None:
    assert text.known(cell) in (None, text.line(cell))
    assert text.named(cell) in (None, text.known(cell))
    if text.known(cell) is None:
        assert text.line(cell) is None or text.is_placeholder(text.line(cell) or "")


@given(ANY)
def test_an_identifier_loses_its_stars_only(cell: Cell) -> None:
    shown, line = text.identifier(cell) or "", text.line(cell) or ""
    assert line.endswith(shown)
    assert set(line.removesuffix(shown)) <= set("* ")
    assert not shown.startswith("*")


@given(ANY)
def test_every_address_is_whole_and_in_the_text(cell: Cell) -> None:
    shown = text.as_text(cell) or ""
    for address in text.emails(cell):
        assert address in shown
        assert re.fullmatch(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+", address)
        assert text.emails(address) == (address,)
    assert text.email(cell) == next(iter(text.emails(cell)), None)


@given(
    cells("(202) 555-0896 ext. 1234", "+1 202.555.0896", "2025550896", "202-555-0896 x12", "call me", "12345")
)
def test_a_telephone_number_is_the_whole_cell_with_digits_enough(cell: Cell) -> None:
    number = text.phone(cell)
    assert number in (None, text.line(cell))
    assert number is None or len(re.findall(r"\d", number)) >= 7
    assert number is None or text.phone(number) == number
    assert number is None or not set(re.findall(r"[a-z]+", number.casefold())) - {"ext", "x", "extension"}


@given(cells("https://sam.gov/opp/1/view", "http://list.example.gov", "javascript:alert(1)", "WWW.SAM.GOV"))
def test_a_web_address_is_the_whole_cell_and_leads_to_the_web(cell: Cell) -> None:
    address = text.web_address(cell)
    assert address in (None, text.line(cell))
    assert address is None or re.match(r"https?://[\w.-]+\.[a-z]{2,}", address, re.IGNORECASE)
    assert address is None or " " not in address


@given(
    cells("Ada", "Lovelace", "TBD", "None", "a@b.gov", "(202) 555-0896"), cells("Lovelace", "N/A", "Multiple")
)
def test_a_person_is_made_of_the_names_in_the_cells(one: Cell, other: Cell) -> None:
    name = text.person(one, other)
    parts = [part for part in map(text.named, (one, other)) if part]
    assert name in (None, *parts, " ".join(parts))
    assert name is None or ("@" not in name and any(map(str.isalpha, name)))
    assert text.person(name) == name or "&" in (name or "")


@given(ANY, ANY)
def test_cells_joined_are_their_lines_in_order(one: Cell, other: Cell) -> None:
    lines = [line for line in map(text.line, (one, other)) if line]
    assert text.joined(one, other) in (None, *lines, " ".join(lines))
    assert text.joined(one) == text.line(one)


@given(near(*TEXTS) | st.text(), st.integers(20, 200))
def test_a_title_is_the_beginning_of_the_first_line(description: str, limit: int) -> None:
    title = text.first_sentence(description, limit)
    first = next((line for line in map(text.line, description.splitlines()) if line), None)
    assert (title is None) == (first is None or first == ".")
    assert title is None or (first or "").startswith(title)
    assert title is None or len(title) <= limit


@pytest.mark.parametrize("read", LINES.values(), ids=LINES)
@given(cell=PLAIN | SCALARS)
def test_what_was_read_is_read_again_as_the_same(read, cell: Cell) -> None:
    assert read(read(cell)) == read(cell)


@given(ANY, st.sampled_from(["", " ", "-", ".", "_", "\n"]))
def test_typing_does_not_change_a_key(cell: Cell, mark: str) -> None:
    shown = text.as_text(cell) or ""
    key = text.fold(shown)
    assert text.fold(key) == key == text.fold(shown + mark) == text.fold(mark + shown)
    assert all(map(str.isalnum, key))


@given(st.dates() | st.datetimes())
def test_a_date_is_shown_as_iso_writes_it(cell: date) -> None:
    shown = text.as_text(cell) or ""
    moment = cell if isinstance(cell, datetime) else datetime.combine(cell, datetime.min.time())
    assert datetime.fromisoformat(shown) == moment


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_shown_alike_however_a_workbook_keeps_it(number: int) -> None:
    assert text.as_text(number) == str(number)
    assert text.as_text(float(number)) == str(number) or abs(number) == 10**15


@pytest.mark.parametrize("read", ONE_CELL.values(), ids=ONE_CELL)
@given(cell=ANY | st.characters())
def test_no_cell_breaks_a_reader(read, cell: Cell) -> None:
    read(cell)


@pytest.mark.parametrize("read", ONE_CELL.values(), ids=ONE_CELL)
def test_no_cell_of_a_workbook_is_long_enough_to_hold_a_reader_up(read) -> None:
    """What a pattern tries over and over in a long cell takes seconds, and a list has thousands of cells."""
    scraps = [*" ,-($/.;1a8@", "a@", "<p ", "</p", "&amp", "1,111 ", "8(a) ", "United States ", "Q1 ", "R499/", "TBD-",
              "12A4", "GS-", "ORDER ", "1 ORDER", "Inc. ", "A. ", "$1M - ", "https://a."]  # fmt: skip
    for scrap in scraps:
        cell = (scrap * EXCEL)[:EXCEL]
        for long in (cell, f"{cell}@", f"Washington{cell}x"):
            began = time.process_time()
            read(long)
            assert time.process_time() - began < 1, (scrap, long[-10:])
