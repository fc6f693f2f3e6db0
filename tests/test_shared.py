"""What is made once is made once, and again when it was not made to its end."""

from pathlib import Path

import pytest

from tests.shared import once


@pytest.fixture
def name(tmp_path: Path) -> str:
    """Of something that no other test makes."""
    return f"made for {tmp_path.parent.name} {tmp_path.name}"


def test_whoever_comes_later_gets_what_was_made(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    made: list[Path] = []

    def make(folder: Path) -> Path:
        folder.mkdir()
        made.append(folder)
        return folder

    assert once(tmp_path_factory, name, make) == once(tmp_path_factory, name, make) == made[0]
    assert len(made) == 1


def test_what_broke_off_is_made_anew(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    def breaking(folder: Path) -> None:
        folder.mkdir()
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        once(tmp_path_factory, name, breaking)
    once(tmp_path_factory, name, Path.mkdir)
