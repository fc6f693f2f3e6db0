"""What headings mean: learned from those that the sources declare."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.columns import Column
from prospect_aggregate.scrapers.fields import READ
from prospect_aggregate.scrapers.headings import fold
from prospect_aggregate.scrapers.identity import numbered
from prospect_aggregate.scrapers.layout import Layout

SAME, SURE, ALIKE, WORD = 1.0, 0.99, 0.75, 0.7
"""The same heading, the same words, alike enough to be proposed, and at most for a single word that tells."""
_TYPED = 0.9
_NOT_SURE = 0.98
MAINLY = 0.4
"""The share of a heading's or a word's uses that makes it one of a field."""
_WORD = re.compile(r"FY|PoP|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|#")
_USUAL = {
    "#": "number", "amount": "value", "amt": "value", "awd": "award", "changed": "modified", "cost": "value",
    "desc": "description", "dollar": "value", "dollars": "value", "email": "mail", "fy": "year", "id": "number",
    "no": "number", "org": "organization", "perf": "performance", "poc": "contact", "price": "value",
    "qtr": "quarter", "req": "requirement", "rfp": "solicitation", "rfq": "solicitation", "sol": "solicitation",
    "updated": "modified", "values": "value", "vendor": "contractor",
}  # fmt: skip
_SAY_LITTLE = frozenset({
    "a", "an", "and", "any", "anticipated", "applicable", "c", "code", "codes", "est", "estimated", "expected", "field",
    "fiscal", "for", "forecast", "forecasted", "if", "in", "is", "of", "on", "or", "planned", "point", "projected",
    "proposed", "r", "range", "target", "the", "to", "total",
})  # fmt: skip
_TIMES = frozenset({"year", "years", "quarter", "month", "months"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far a heading is one that some source reads a field from."""

    score: float
    like: str
    """The known heading, or the telling word."""
    source: str
    times: int = 1
    """In how many layouts it stands for the field."""


class Lexicon:
    """The headings of all layouts of these sources, by field."""

    def __init__(self, scrapers: Iterable[Scraper]) -> None:
        self.headings: set[str] = set()
        """Those that no field is read from among them."""
        self._known: dict[str, dict[frozenset[str], Likeness]] = {field: {} for field in READ}
        self._words: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for scraper in scrapers:
            for layout in scraper.layouts():
                self._learn(layout, scraper.key)

    def likenesses(self, heading: str) -> dict[str, Likeness]:
        """Field → what is known for it that is most like this heading, where anything is."""
        found = {field: self._nearest(heading, known) for field, known in self._known.items()}
        return self._by_words(heading) | {field: best for field, best in found.items() if best is not None}

    def _learn(self, layout: Layout, source: str) -> None:
        wanted = layout.headings().wanted
        self.headings.update(spelling for spellings in wanted.values() for spelling in spellings)
        for field, heading in _meanings(layout.fields()):
            for word in words_of(heading):
                self._words[word][field].add(source)
            for spelling in wanted[heading]:
                met = self._known[field].get(words_of(spelling), Likeness(SAME, spelling, source, 0))
                self._known[field][words_of(spelling)] = replace(met, times=met.times + 1)

    def _nearest(self, heading: str, known: Mapping[frozenset[str], Likeness]) -> Likeness | None:
        if same := known.get(words_of(heading)):
            return same if fold(heading) == fold(same.like) else replace(same, score=SURE)
        scored = [replace(each, score=_score(heading, each.like)) for each in known.values()]
        best = max(scored, key=lambda it: (it.score, it.times), default=None)
        return best if best and best.score >= ALIKE else None

    def _by_words(self, heading: str) -> dict[str, Likeness]:
        found: dict[str, Likeness] = {}
        words = words_of(heading)
        for word in sorted(words):
            uses = self._words.get(word, {})
            total = sum(map(len, uses.values()))
            for field, sources in uses.items():
                share = len(sources) / total
                if len(sources) > 1 and share >= MAINLY:
                    found[field] = Likeness(WORD * share * min(1, 3 / len(words)), word, "", len(sources))
        return found


@lru_cache(maxsize=8192)
def words_of(heading: str) -> frozenset[str]:
    """The words that tell headings apart: `estimatedAwardDate` and "Est. Award Date" are both award and date."""
    words = {word.lower() for word in _WORD.findall(re.sub(r"(?i)e-mail", "email", heading))}
    return frozenset(_USUAL.get(word, word) for word in words - _SAY_LITTLE or words)


def _meanings(columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """Field and heading; without those that say only when, that are about other things, or make our own numbers."""
    for field, column in columns.items():
        made = field == "native_id" and len(column.headings) > 1
        headings = column.headings[:1] if column.read is numbered else () if made else column.headings
        for heading in headings:
            if not words_of(heading) <= _TIMES and heading not in column.shared:
                yield field, heading


def _score(heading: str, known: str) -> float:
    words, others = words_of(heading), words_of(known)
    if not words or not others:
        return 0
    shared = 2 * len(words & others) / (len(words) + len(others))
    typed = difflib.SequenceMatcher(None, "".join(sorted(words)), "".join(sorted(others))).ratio()
    return max(shared, typed if typed >= _TYPED else 0) * _NOT_SURE
