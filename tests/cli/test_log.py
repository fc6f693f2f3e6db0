"""What a run said, on the command line."""

from tests.agency import Site
from tests.cli.shell import Shell
from tests.cli.test_cli import served


def test_the_log_of_a_run_is_told_and_followed_to_its_end(prospects: Shell, site: Site) -> None:
    served(site, 2)
    prospects("collect", "dhs")
    number = str(prospects.objects("runs")[0]["id"])
    told = [line["text"] for line in prospects.objects("log", number)]
    assert [told[0], told[-1]] == ["fetch", "2 new, 0 changed, 0 gone"]
    followed = prospects("log", number, "--follow")
    assert [line.split("Z ")[1] for line in followed.stdout.splitlines()] == told
    assert followed.stderr == f"run {number} of dhs: succeeded\n"
    assert prospects("log", "0").stderr == "prospects: no run 0; `prospects runs` lists them\n"
