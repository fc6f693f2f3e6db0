"""The command line, as a person types it."""

import json
from pathlib import Path
from typing import Any

import pytest

from prospect_aggregate.prospects.models import Prospect
from tests.agency import Site
from tests.cli.shell import Process, Shell
from tests.given import row

LISTINGS = ("sources", "runs", "schedule", "tasks", "changes", "search", "coverage", "pairs")


def forecast(number: int, **fields: Any) -> dict[str, Any]:
    """A made-up record with the fields that Homeland Security always publishes."""
    return {
        "apfs_number": f"F20260{number:05}",
        "id": number,
        "requirements_title": f"Purchase {number}",
        "organization": "CBP",
        "contracting_office": "Office of Buying",
        "naics": "541512 - Computer Systems Design Services",
        "small_business_program": "SB",
        "contract_vehicle": "Definitive Contract",
        "competitive": "New Requirement, No Contract",
        "contract_status": "NEW",
        "dollar_range": {"display_name": "$1M to $2M", "display_order": 5},
        "estimated_solicitation_release_date": "06/01/2026",
        "anticipated_award_date": "09/01/2026",
        "estimated_period_of_performance_start": "10/01/2026",
        "estimated_period_of_performance_end": "09/30/2027",
        "place_of_performance_city": "Washington",
        "place_of_performance_state": "DC",
        "contractor": None,
        "contract_number": None,
        "last_updated_date": "05/01/2026",
        **fields,
    }


def served(site: Site, count: int) -> None:
    site.serve(json.dumps([forecast(number) for number in range(1, count + 1)]).encode())


def test_a_source_is_collected_in_a_fresh_home(process: Process, site: Site) -> None:
    served(site, 5)
    done = process("collect", "dhs")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "dhs: succeeded, 5 rows: 5 new, 0 changed, 0 gone, 0 rejected (run 1)\n"
    assert len(process.objects("search", "--source", "dhs")) == 5


def test_a_source_is_found_by_its_display_name(prospects: Shell, site: Site) -> None:
    served(site, 5)
    assert prospects("collect", "Homeland Security").returncode == 0


def test_unchanged_is_success_and_failure_is_not(prospects: Shell, site: Site) -> None:
    served(site, 5)
    prospects("collect", "dhs")
    assert "unchanged" in prospects("collect", "dhs").stdout
    site.serve(b"", status=500)
    failed = prospects("collect", "dhs")
    assert failed.returncode == 1
    run = next(it["id"] for it in prospects.objects("runs") if it["status"] == "failed")
    assert failed.stderr.startswith(
        f"dhs: failed: apfs-cloud.dhs.gov is out of order (HTTP 500) (run {run})\n  next attempt at "
    )


def test_a_file_is_read_like_an_edition(prospects: Shell, tmp_path: Path) -> None:
    file = tmp_path / "edition.json"
    file.write_text(json.dumps([forecast(1)]))
    assert prospects("collect", "dhs", "--file", str(file), "--at", "2026-05-13").returncode == 0
    run = prospects.objects("runs")[0]
    assert (run["status"], run["observed_at"]) == ("succeeded", "2026-05-13T00:00:00+00:00")


def test_an_older_edition_is_refused_in_one_line(prospects: Shell, tmp_path: Path) -> None:
    file = tmp_path / "edition.json"
    file.write_text(json.dumps([forecast(1)]))
    prospects("collect", "dhs", "--file", str(file), "--at", "2026-05-13")
    done = prospects("collect", "dhs", "--file", str(file), "--at", "2026-05-12")
    assert done.returncode == 1
    assert done.stderr.startswith("prospects: dhs: the edition of 2026-05-12 00:00 is not later than")
    assert done.stderr.count("\n") == 1


def test_an_empty_file_is_refused_in_one_line(prospects: Shell, tmp_path: Path) -> None:
    file = tmp_path / "edition.json"
    file.touch()
    done = prospects("collect", "dhs", "--file", str(file))
    assert (done.returncode, done.stderr) == (1, "prospects: edition.json is empty; download it again\n")


def test_who_is_not_let_in_is_told_how_to_give_the_list_by_hand(prospects: Shell, site: Site) -> None:
    site.serve(b"<title>Just a moment</title>", status=403)
    done = prospects("collect", "dhs")
    assert done.stderr.splitlines()[1].endswith("prospects collect dhs --file PATH")
    assert prospects.objects("runs")[0]["evidence"]["title"] == "Just a moment"


def test_a_mistyped_source_is_answered_with_the_nearest(prospects: Shell) -> None:
    done = prospects("collect", "comerce")
    assert (done.returncode, done.stderr) == (
        1,
        "prospects: no scraper named 'comerce'; did you mean 'commerce'?\n",
    )


@pytest.mark.parametrize("listing", LISTINGS)
def test_every_listing_is_a_list_of_objects(prospects: Shell, listing: str) -> None:
    assert isinstance(prospects.objects(listing), list)


@pytest.mark.parametrize("listing", ["runs", "changes", "search"])
def test_an_empty_listing_says_what_to_do(prospects: Shell, listing: str) -> None:
    done = prospects(listing)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.strip()


def test_limit_limits(prospects: Shell, site: Site) -> None:
    served(site, 5)
    prospects("collect", "dhs")
    assert len(prospects.objects("search", "--limit", "2")) == 2


def test_a_place_given_as_a_state_is_told_the_right_filter(prospects: Shell) -> None:
    done = prospects("search", "--state", "VA")
    assert "state is listed, missing, expired or withdrawn" in done.stderr
    assert "--place VA" in done.stderr


def test_one_prospect_is_shown_by_key_or_number(prospects: Shell, site: Site) -> None:
    served(site, 2)
    prospects("collect", "dhs")
    by_key, by_number = (
        prospects("show", "dhs:F2026000001", "--json"),
        prospects("show", "F2026000001", "--json"),
    )
    assert by_key.stdout == by_number.stdout
    assert json.loads(by_key.stdout)[0]["value_min"] == "1000000.00"


def test_the_cell_behind_every_value_is_shown(prospects: Shell, site: Site) -> None:
    served(site, 2)
    prospects("collect", "dhs")
    (whole,) = json.loads(prospects("show", "F2026000001", "--provenance", "--json").stdout)
    (cell,) = next(it for it in whole["fields"] if it["field"] == "value")["cells"]
    assert (whole["row"]["pointer"], cell["pointer"]) == ("/0", "/0/dollar_range/display_name")
    lines = prospects("show", "F2026000001", "--provenance").stdout.splitlines()
    assert any(line.split("\t")[:3] == ["value", "read", cell["pointer"]] for line in lines)


def test_show_of_an_unknown_key_says_so(prospects: Shell) -> None:
    done = prospects("show", "dhs:F1")
    assert (done.returncode, done.stderr.startswith("prospects: no prospect 'dhs:F1'")) == (1, True)


def test_a_check_leaves_the_list_alone(prospects: Shell, site: Site) -> None:
    served(site, 2)
    assert "reachable" in prospects("check", "dhs").stdout
    assert prospects.objects("search") == []


def test_status_says_that_nothing_is_collected_without_a_beat(prospects: Shell) -> None:
    done = prospects("status")
    assert done.returncode == 1
    assert "! No beat was ever heard here; nothing is collected by schedule" in done.stdout


def test_status_is_told_to_programs_too(prospects: Shell) -> None:
    done = prospects("status", "--json")
    assert done.returncode == 1
    troubles = [line["text"] for line in json.loads(done.stdout) if line["trouble"]]
    assert any(text.startswith("No beat was ever heard here") for text in troubles)


def test_a_held_edition_whose_file_is_lost_hides_nothing(prospects: Shell, site: Site) -> None:
    served(site, 30)
    prospects("collect", "dhs")
    served(site, 5)
    prospects("collect", "dhs")
    (held,) = prospects.objects("review")
    assert held["unreadable"] is None
    for file in prospects.home.glob(f"archive/*/{held['artifact']}"):
        file.unlink()
    (lost,) = prospects.objects("review")
    assert (lost["run"], lost["gone"]) == (held["run"], None)
    assert f"the archive has lost the file of run {held['run']}; restore it" in prospects("review").stdout


def test_sources_that_were_never_collected_say_so(prospects: Shell) -> None:
    states = {source["key"]: source["state"] for source in prospects.objects("sources")}
    assert set(states.values()) == {"never"}
    assert {"dhs", "commerce"} <= set(states)


def test_help_comes_fast_and_teaches(process: Process) -> None:
    done = process("--help")
    assert "prospects collect dhs" in done.stdout


def test_a_nonsensical_setting_is_refused_by_name(process: Process) -> None:
    done = process("runs", PROSPECTS_WORKERS="many")
    assert (done.returncode, done.stderr) == (1, "prospects: PROSPECTS_WORKERS='many': use a whole number\n")


def test_nothing_but_the_answer_goes_to_stdout(process: Process, site: Site) -> None:
    site.serve(json.dumps([row(1)]).encode())
    assert process("collect", "dhs").stdout == ""


def test_a_sign_in_link_is_printed_for_the_first_start(process: Process) -> None:
    done = process("sign-in-link", PROSPECTS_ADDRESS="https://prospects.example.com")
    assert done.stdout.startswith("https://prospects.example.com/sign-in/")
    assert process("sign-in-link", "--person", "nobody").stderr == (
        "prospects: nobody is called 'nobody'; there are: admin\n"
    )


def test_quality_is_said_field_by_field(prospects: Shell, site: Site) -> None:
    site.serve(json.dumps([forecast(1), forecast(2, naics="to come")]).encode())
    prospects("collect", "dhs")
    naics = next(field for field in prospects.objects("quality", "dhs") if field["field"] == "naics_codes")
    assert (naics["listed"], naics["read"], naics["unread"]) == (2, 1, 1)
    shown = prospects("quality", "Homeland Security").stdout.splitlines()
    assert shown[0].startswith("Homeland Security: 2 listed; ")
    assert "naics_codes\t2\t1\t0\t1\tto come (1)" in shown
    assert "psc_codes\tnot published\t–\t–\t–\t–" in shown


def test_quality_of_nothing_says_what_to_do(prospects: Shell) -> None:
    done = prospects("quality", "dhs")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Nothing of Homeland Security is listed yet; `prospects collect dhs` collects it.\n"


def test_coverage_says_its_sentence_first(prospects: Shell) -> None:
    lines = prospects("coverage", "--status", "blocked").stdout.splitlines()
    assert "agencies and components are covered, none of them by a list that is fresh now." in lines[0]
    assert any(line.startswith("Army Corps of Engineers\tblocked\t") for line in lines)
    assert {entry["status"] for entry in prospects.objects("coverage", "--status", "none")} == {"none"}
    assert "it is one of covered, by_hand" in prospects("coverage", "--status", "bloked").stderr


def test_a_replay_exits_as_diff_does(prospects: Shell, site: Site) -> None:
    served(site, 2)
    prospects("collect", "dhs")
    assert prospects("replay", "dhs").returncode == 0
    Prospect.objects.filter(native_id="F2026000001").update(office="Elsewhere")
    done = prospects("replay", "dhs")
    assert done.returncode == 1
    assert '  office: 1\n    dhs:F2026000001: "Elsewhere" → "Office of Buying"\n' in done.stdout
    (applied,) = prospects.objects("replay", "dhs", "--accept")
    run = prospects.objects("runs", "--limit", "1")[0]["id"]
    assert (applied["applied"], applied["changed"], applied["run"]) == (True, 1, run)
    assert prospects("replay", "dhs").stdout.endswith("; nothing differs\n")
    assert prospects.objects("show", "F2026000001")[0]["office"] == "Office of Buying"


def test_a_replay_of_nothing_is_an_error_and_no_difference(prospects: Shell) -> None:
    done = prospects("replay", "dhs")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "prospects: dhs: no edition is kept yet; `prospects collect dhs` makes one\n"


def test_two_numbers_for_one_purchase_are_told_and_decided(prospects: Shell, site: Site) -> None:
    served(site, 5)
    prospects("collect", "dhs")
    renumbered = [*(forecast(number) for number in range(1, 5)), forecast(9, requirements_title="Purchase 5")]
    site.serve(json.dumps(renumbered).encode())
    prospects("collect", "dhs")
    pair = prospects.objects("pairs", "dhs")[0]
    assert (pair["older"], pair["newer"], pair["verdict"]) == ("dhs:F2026000005", "dhs:F2026000009", None)
    assert "  1 likely pair of prospects to look at: `prospects pairs`" in prospects("status").stdout
    done = prospects("pair", str(pair["id"]), "same", "--note", "they renumbered it")
    assert done.stdout == (
        "pair 1: dhs:F2026000009 goes on with the history of dhs:F2026000005; `prospects pair 1 different` undoes it\n"
    )
    assert prospects.objects("pairs", "--decided")[0]["note"] == "they renumbered it"
    assert "no likely pair waits" in prospects("pairs").stderr.lower()


def test_an_unknown_pair_is_told_where_pairs_are_listed(prospects: Shell) -> None:
    assert prospects("pair", "0", "same").stderr == "Error: no pair 0; `prospects pairs` lists them\n"
