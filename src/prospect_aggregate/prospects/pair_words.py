"""What is told of a pair: its evidence in words for people, the whole as an object for programs."""

from collections.abc import Sequence
from typing import Any

from prospect_aggregate.prospects.models import Pair

NAMES = {"naics": "the whole NAICS code", "set_aside": "set-aside"}
KINDS = {
    Pair.Kind.RENAMED: "the older one left in the edition that listed the newer one",
    Pair.Kind.TWIN: "both are listed, by two layouts with numbers of their own",
}


def evidence_words(pair: Pair) -> str:
    """`titles 93 % alike, same office and NAICS 5415; value, place agree; award differs`."""
    told, trade = pair.evidence, (pair.newer.naics_code or "")[:4]
    parts = [f"titles {told['title']} % alike, same office and NAICS {trade}"]
    parts += _listed(told["agree"], "agrees", "agree") + _listed(told["differ"], "differs", "differ")
    return "; ".join(parts)


def _listed(facts: Sequence[str], one: str, more: str) -> list[str]:
    names = ", ".join(NAMES.get(fact, fact) for fact in facts)
    return [f"{names} {one if len(facts) == 1 else more}"] if facts else []


def is_contradicted(pair: Pair) -> bool:
    """A person called them one, and the earlier name is back on the list."""
    is_same, is_renamed = pair.verdict == Pair.Verdict.SAME, pair.kind == Pair.Kind.RENAMED
    return is_same and is_renamed and pair.older.state == pair.older.State.LISTED


def pair_object(pair: Pair) -> dict[str, Any]:
    return {
        "id": pair.pk,
        "source": pair.newer.source.key,
        "kind": pair.kind,
        "older": pair.older.key,
        "older_title": pair.older.title,
        "older_state": pair.older.state,
        "newer": pair.newer.key,
        "newer_title": pair.newer.title,
        "newer_state": pair.newer.state,
        "title_alike": pair.evidence["title"],
        "agree": pair.evidence["agree"],
        "differ": pair.evidence["differ"],
        "evidence": evidence_words(pair),
        "suggested_at": pair.suggested_at,
        "run": pair.run_id,
        "verdict": pair.verdict,
        "shown_with": pair.above.key if pair.under_id else None,
        "by": pair.by or None,
        "at": pair.at,
        "note": pair.note or None,
    }
