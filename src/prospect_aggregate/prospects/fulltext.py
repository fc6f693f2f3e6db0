"""The index of words: FTS5 on SQLite, a GIN index of lexemes on PostgreSQL, one answer from both.

Both index `Prospect.words`, whose tokens are ours (`words.py`), so neither splits, stems or folds anything. Triggers
keep SQLite's index, because every writer is covered by them: bulk writes, undoing, cascades. A migration may make the
table anew, so they stand outside of migrations: taken down before, put up after (`apps.py`).
"""

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from prospect_aggregate.prospects.query import All, Node, Words
from prospect_aggregate.prospects.query import Any as AnyOf

VECTOR = "array_to_tsvector(string_to_array(btrim(words), ' '))"
ON_POSTGRESQL = (f"CREATE INDEX IF NOT EXISTS prospect_words ON prospects_prospect USING gin ({VECTOR})",)
_FORGET = "INSERT INTO prospects_words(prospects_words, rowid, words) VALUES ('delete', old.id, old.words);"
_ADD = "INSERT INTO prospects_words(rowid, words) VALUES (new.id, new.words);"
ON_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS prospects_words USING fts5(words, content='prospects_prospect',
    content_rowid='id', tokenize="ascii tokenchars '_'", prefix='2 3')""",
    f"CREATE TRIGGER IF NOT EXISTS prospect_words_new AFTER INSERT ON prospects_prospect BEGIN {_ADD} END",
    f"CREATE TRIGGER IF NOT EXISTS prospect_words_gone AFTER DELETE ON prospects_prospect BEGIN {_FORGET} END",
    f"""CREATE TRIGGER IF NOT EXISTS prospect_words_other AFTER UPDATE OF words ON prospects_prospect
    WHEN old.words <> new.words BEGIN {_FORGET} {_ADD} END""",
)
REBUILD = "INSERT INTO prospects_words(prospects_words) VALUES ('rebuild')"


def can_stand_in(database: BaseDatabaseWrapper) -> bool:
    """False in a database that has been migrated back to before there was anything to search."""
    with database.cursor() as cursor:
        if "prospects_prospect" not in database.introspection.table_names(cursor):
            return False
        columns = database.introspection.get_table_description(cursor, "prospects_prospect")
    return "words" in {column.name for column in columns}


def drop(database: BaseDatabaseWrapper) -> None:
    """No table can be made anew under triggers that name its columns; PostgreSQL's index goes with its column."""
    if database.vendor != "sqlite":
        return
    with database.cursor() as cursor:
        for name in ("new", "gone", "other"):
            cursor.execute(f"DROP TRIGGER IF EXISTS prospect_words_{name}")


def install(database: BaseDatabaseWrapper) -> None:
    """Make the index where it is missing; it is filled anew from what was written without triggers."""
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            for statement in ON_POSTGRESQL:
                cursor.execute(statement)
            return
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'prospect_words_new'")
        is_there = cursor.fetchone()
        for statement in ON_SQLITE:
            cursor.execute(statement)
        if not is_there:
            cursor.execute(REBUILD)


def matching(node: Node) -> Q:
    """Prospects in whose words the tree of words holds: `Words`, `All` and `Any` alone."""
    if connection.vendor == "postgresql":
        return Q(pk__in=_on_postgresql(node))
    return Q(pk__in=RawSQL(*on_sqlite(node)))  # noqa: S611  # the words go in as a parameter


def on_sqlite(node: Node) -> tuple[str, list[str]]:
    """As it is asked there: numbers alone, of which no row is looked up."""
    return "SELECT rowid FROM prospects_words WHERE prospects_words MATCH %s", [_match(node)]


def _match(node: Node) -> str:
    if isinstance(node, Words):
        return f'"{" ".join(node.tokens)}"{" *" * node.begins}'
    return f"({_joint(node, 'AND', 'OR').join(map(_match, _inner(node)))})"


def _inner(node: Node) -> tuple[Node, ...]:
    if isinstance(node, All | AnyOf):
        return node.nodes
    raise TypeError(f"{node} is not in the index of words")


def _joint(node: Node, every: str, some: str) -> str:
    return f" {every if isinstance(node, All) else some} "


def _on_postgresql(node: Node) -> RawSQL:
    """The index finds who has all the tokens; whether they stand side by side is looked up in the words."""
    exact, parameters = _exact(node)
    sql = f"SELECT id FROM prospects_prospect WHERE {VECTOR} @@ %s::tsquery AND {exact}"  # noqa: S608
    return RawSQL(sql, [_lexemes(node), *parameters])  # noqa: S611


def _lexemes(node: Node) -> str:
    if isinstance(node, Words):
        last = f"'{node.tokens[-1]}'{':*' * node.begins}"
        return " & ".join([*(f"'{token}'" for token in node.tokens[:-1]), last])
    return _joint(node, "&", "|").join(f"({_lexemes(each)})" for each in _inner(node))


def _exact(node: Node) -> tuple[str, list[Any]]:
    if isinstance(node, Words):
        return "words LIKE %s", [f"% {' '.join(node.tokens)}{'' if node.begins else ' '}%"]
    parts = [_exact(each) for each in _inner(node)]
    together = _joint(node, "AND", "OR").join(sql for sql, _ in parts)
    return f"({together})", [value for _, values in parts for value in values]
