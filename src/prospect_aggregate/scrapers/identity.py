"""Numbers of our own, for rows to which the agency gives none."""

from hashlib import blake2b

from prospect_aggregate.normalize.text import Cell, fold, identifier, known, line


def composite(*cells: Cell) -> str | None:
    """Twelve hex digits that stand for these cells, in this order; None when nothing is in them.

    Case, blanks and punctuation do not count: editions differ in them. Change a row's words and it is another row.
    """
    words = [fold(line(cell) or "") for cell in cells]
    return blake2b("\n".join(words).encode(), digest_size=6).hexdigest() if any(words) else None


def numbered(number: Cell, *described: Cell) -> str | None:
    """The agency's number where it gives one, else ours."""
    return identifier(known(number)) or composite(*described)
