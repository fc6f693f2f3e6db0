"""What is typed into the search box, as a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prospect_aggregate.prospects.query import All, Any, Named, Node, Not, Words, naming, parse
from prospect_aggregate.prospects.words import tokens, words_in

HELP, DESK = Words(("help",)), Words(("desk",))


@pytest.mark.parametrize(
    ("typed", "nodes"),
    [
        ("help desk", [HELP, Words(("desk",), begins=True)]),
        ('"help desk"', [Words(("help", "desk"))]),
        ('"help desk', [Words(("help", "desk"))]),
        ("netw* desk.", [Words(("netw",), begins=True), DESK]),
        ("help -desk", [HELP, Not(DESK)]),
        ('-"help desk" it', [Not(Words(("help", "desk"))), Words(("it",), begins=True)]),
        ("cloud OR help desk*", [Any((Words(("cloud",)), HELP)), Words(("desk",), begins=True)]),
        ("a OR b OR c.", [Any((Words(("a",)), Words(("b",)), Words(("c",))))]),
        ("OR help.", [HELP]),
        ("help. OR", [HELP]),
        ("help or desk.", [HELP, Words(("or",)), DESK]),
        ("naics:5415 -set:SBA", [Named("naics", "5415"), Not(Named("set_aside", "SBA"))]),
        ('agency:"Homeland Security"', [Named("agency", '"Homeland Security"')]),
        ("naics:5415 OR psc:D3", [Any((Named("naics", "5415"), Named("psc", "D3")))]),
        ("70Z0-26 it.", [Words(("70z0", "26")), Words(("it",))]),
        ("ratio:5 it.", [Words(("ratio", "5")), Words(("it",))]),
        ("Café Straße.", [Words(("cafe",)), Words(("strasse",))]),
        ("?? - * \"\"", []),
        ("naics:", [Words(("naics",))]),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(typed: str, nodes: list[Node]) -> None:
    assert parse(typed) == All(tuple(nodes))


@given(st.text(alphabet="ab \"-*:ORé'_\x00naics", max_size=40))
def test_anything_can_be_typed(typed: str) -> None:
    for node in parse(typed).nodes:
        assert node != Words(())


@given(st.text(max_size=60))
def test_tokens_stay_what_they_are(text: str) -> None:
    """Folded once is folded for good, or a word of the index could not be found by itself."""
    for token in tokens(text):
        assert tokens(token) == [token]
        assert " " not in token
        assert "_" not in token


def test_no_phrase_spans_two_fields() -> None:
    assert words_in(["Help", None, "desk"]) == " help _ desk _ "


def test_words_that_may_name_an_agency() -> None:
    assert naming('navy place:VA agency:"Homeland Security" -x') == "navy Homeland Security -x"
