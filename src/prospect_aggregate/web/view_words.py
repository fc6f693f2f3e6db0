"""A view of the list in words: what is said of it where it is taken away, followed or kept."""

from prospect_aggregate.web.ask import SHELVES, Ask
from prospect_aggregate.web.chips import chips_of


def narrowed(ask: Ask) -> list[str]:
    """`NAICS: 5415`: each filter that narrows it down, as its chip says it."""
    return [f"{chip.title}: {chip.words}" for chip in chips_of(ask)]


def words_of(ask: Ask) -> tuple[str, ...]:
    """Its shelf, then what narrows that down."""
    return (SHELVES[ask.shelf], *narrowed(ask))
