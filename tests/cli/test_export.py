"""`prospects export`, as a person or a program calls it."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from python_calamine import CalamineWorkbook

from prospect_aggregate.cli.main import prospects
from tests.agency import Site
from tests.given import collected, day, published, rows

pytestmark = pytest.mark.django_db


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(prospects, ["export", *arguments])


@pytest.fixture
def listed(site: Site) -> None:
    site.serve(published(rows(3)))
    collected(at=day("2026-05-01"))


def test_filters_and_columns_hold_for_the_file(listed: None, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    done = ask(
        "purchase", "--format", "csv", "--source", "listing", "--columns", "key, title", "--output", str(file)
    )
    assert (done.exit_code, done.stdout) == (0, "")
    lines = csv.DictReader(file.read_text().splitlines())
    assert [line["title"] for line in lines] == ["Purchase 1", "Purchase 2", "Purchase 3"]
    assert "3 prospects in" in done.stderr
    assert [each.name for each in tmp_path.glob("*list.csv*")] == ["list.csv"]


def test_a_workbook_says_what_was_asked(listed: None, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    assert ask("purchase", "--format", "xlsx", "--source", "listing", "--output", str(file)).exit_code == 0
    about = CalamineWorkbook.from_path(file).get_sheet_by_name("About").to_python()
    assert ["The view: All shelves; Words: purchase; Source: Listing."] in about


def test_a_dash_writes_to_standard_output(listed: None) -> None:
    done = ask("--format", "json", "--output", "-")
    assert len(json.loads(done.stdout)) == 3


def test_a_file_that_cannot_be_whole_is_not_there_and_an_older_one_stays(
    listed: None, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("older")
    assert ask("--format", "csv", "--columns", "nothing", "--output", str(file)).exit_code != 0
    assert file.read_text() == "older"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "ocds", "--columns", "key", "--output", "x"], "has fields of its own"),
        (["--format", "csv", "--output", "/no/such/folder/x.csv"], "there is no folder /no/such/folder"),
        (["--format", "pdf", "--output", "x"], "'pdf' is not one of"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(arguments: list[str], said: str) -> None:
    done = ask(*arguments)
    assert done.exit_code == 2
    assert said in done.output
