"""What a run said, on the command line."""

from pathlib import Path

import pytest

from tests.agency import Site
from tests.cli.test_cli import Shell, served


@pytest.fixture
def prospects(tmp_path: Path, site: Site) -> Shell:
    return Shell(tmp_path / "home", site)


def test_the_log_of_a_run_is_told_and_followed_to_its_end(prospects: Shell, site: Site) -> None:
    served(site, 2)
    prospects("collect", "dhs")
    told = [line["text"] for line in prospects.objects("log", "1")]
    assert [told[0], told[-1]] == ["fetch", "2 new, 0 changed, 0 gone"]
    followed = prospects("log", "1", "--follow")
    assert [line.split("Z ")[1] for line in followed.stdout.splitlines()] == told
    assert followed.stderr == "run 1 of dhs: succeeded\n"
    assert prospects("log", "7").stderr == "prospects: no run 7; `prospects runs` lists them\n"
