"""The company profile on the command line."""

import json

from tests.agency import Site
from tests.cli.shell import Shell
from tests.cli.test_cli import forecast


def test_a_profile_is_set_from_json_and_the_list_is_asked_by_it(prospects: Shell, site: Site) -> None:
    site.serve(json.dumps([forecast(1), forecast(2, naics="236220 - Buildings")]).encode())
    assert prospects("collect", "dhs").returncode == 0
    refused = prospects("search", "--fit", "fits")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "`prospects profile --set FILE`" in refused.stderr
    given = prospects.home / "profile.json"
    given.write_text('{"naics": ["9999"]}', encoding="utf-8")
    assert "no NAICS code" in prospects("profile", "--set", str(given)).stderr
    given.write_text('{"naics": ["5415"]}', encoding="utf-8")
    assert prospects("profile", "--set", str(given)).returncode == 0
    (shown,) = prospects.objects("profile")
    assert (shown["profile"]["naics"], shown["version"]) == (["5415"], 1)
    assert [it["native_id"] for it in prospects.objects("search", "--fit", "possible")] == ["F2026000001"]
    assert [it["native_id"] for it in prospects.objects("search", "--fit", "no")] == ["F2026000002"]
