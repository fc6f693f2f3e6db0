"""What a parser has read once it need not read again, until it is told to forget."""

from prospect_aggregate.normalize.memo import forget, remembered

read: list[object] = []


@remembered(10)
def parse(cell: object) -> str:
    read.append(cell)
    return repr(cell)


def test_a_cell_is_read_once_until_it_is_forgotten() -> None:
    read.clear()
    forget()
    assert parse("TBD") == parse("TBD") == "'TBD'"
    forget()
    assert parse("TBD") == "'TBD'"
    assert read == ["TBD", "TBD"]


def test_a_whole_number_and_a_fraction_are_two_cells() -> None:
    forget()
    assert (parse(1), parse(1.0), parse(True)) == ("1", "1.0", "True")
