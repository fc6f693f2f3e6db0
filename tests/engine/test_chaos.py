"""The short form of `make chaos`: everything dies at random moments, and the ledger does not notice."""

from pathlib import Path

import pytest

from tests.engine.chaos.play import Act, play
from tests.engine.services import ENGINES, Engine

pytestmark = [pytest.mark.engine, pytest.mark.timeout(500)]
SHORT = Act(slots=3, editions=2, gap=8.0, seconds=300)


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_what_is_struck_down_leaves_no_mark_in_the_ledger(engine: Engine, tmp_path: Path, capsys) -> None:
    """Each slot met by one good run, none overlapped, and the same prospects and changes as in peace."""
    if reason := engine.missing():
        pytest.skip(reason)
    verdict = play(tmp_path, engine, SHORT)
    with capsys.disabled():
        print(f"\n{engine}: {verdict}")  # noqa: T201  # its counts are what it is run for
    assert verdict.struck
    assert verdict.wrong == []
