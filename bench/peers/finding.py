"""tantivy with the same words and facets: `… finding HOME`, then a line of questions in, a line of milliseconds out."""

import json
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import tantivy

FACETS = ("source", "set_aside", "place_state", "phase")
SELECT = """SELECT id, words, source_id, coalesce(set_aside, ''), coalesce(place_state, ''), coalesce(phase, '')
FROM prospects_prospect"""
AGGREGATIONS = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}


def main(home: Path) -> None:
    index = built(home)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps([_asked(index, question) for question in json.loads(line)]), flush=True)


def built(home: Path) -> tantivy.Index:
    folder = home / "tantivy"
    schema = tantivy.SchemaBuilder().add_integer_field("id", stored=True, fast=True)
    schema.add_text_field("words", stored=False, tokenizer_name="whitespace")
    for name in FACETS:
        schema.add_text_field(name, stored=False, tokenizer_name="raw", fast=True)
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(folder))
    if is_new:
        writer = index.writer(heap_size=200_000_000)
        for pk, words, *facets in sqlite3.connect(home / "prospects.sqlite3").execute(SELECT):
            document: dict[str, Any] = dict(zip(FACETS, map(str, facets), strict=True))
            writer.add_document(tantivy.Document(id=pk, words=words, **document))
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    return index


def _asked(index: tantivy.Index, word: str) -> float:
    """A page of fifty, the exact count, four facets."""
    began = time.perf_counter()
    searcher = index.searcher()
    query = tantivy.Query.term_query(index.schema, "words", word)
    found = searcher.search(query, limit=50, count=True)
    ids = [searcher.doc(address)["id"][0] for _, address in found.hits]
    facets = searcher.aggregate(query, AGGREGATIONS)
    if not found.count or not ids or len(facets) < len(FACETS):
        raise RuntimeError(f"{word}: nothing was found")
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
