"""Numbers of our own."""

from prospect_aggregate.scrapers.identity import composite, numbered


def test_typing_does_not_change_a_number():
    assert composite("Gate  Guards", "GA/AMD") == composite(" gate guards.", "GA AMD")


def test_other_words_and_another_order_do():
    assert (
        len({composite("a", "b"), composite("b", "a"), composite("ab", None), composite("a", "b", "c")}) == 4
    )


def test_a_number_does_not_depend_on_the_process():
    assert composite("Gate Guards", "GA/AMD", 541512) == "920734955b9b"


def test_nothing_has_no_number():
    assert composite(None, " ", "--") is None


def test_the_agencys_number_goes_before_ours():
    assert numbered("*F2026001", "Gate Guards") == "F2026001"
    assert numbered("TBD", "Gate Guards") == numbered(None, "Gate Guards") == composite("Gate Guards")
