"""A new source is one command: what it writes is discovered, reads its sample whole, and passes every check."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from prospect_aggregate.cli.main import prospects
from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.base import Scraper
from prospect_aggregate.scrapers.catalog import DuplicateNameError
from prospect_aggregate.scrapers.columns import Row
from prospect_aggregate.scrapers.draft import ProspectDraft
from prospect_aggregate.scrapers.grid import BadRow
from prospect_aggregate.scrapers.layout import Layout
from prospect_aggregate.scrapers.registry import ScraperRegistry
from prospect_aggregate.scrapers.scaffold.new import SAMPLES, SOURCES, naming_of, write_source
from prospect_aggregate.scrapers.scaffold.sample import MOST_ROWS
from prospect_aggregate.scrapers.table import Table
from tests import test_sources
from tests.scaffold.lists import COLUMNS, FORMATS, ROWS, SECRETS, as_csv, written

ROOT = Path(__file__).parents[2]
ALL = pytest.mark.parametrize("extension", FORMATS)


def known_sources() -> ScraperRegistry:
    registry = ScraperRegistry()
    registry.discover(sources)
    return registry


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a new source from each format, and nothing else."""
    folder = tmp_path_factory.mktemp("checkout")
    for extension in FORMATS:
        naming = naming_of(f"From {extension}", url="https://www.doi.gov/forecast")
        write_source(naming, written(folder, extension), known_sources(), into=folder)
    return folder


@pytest.fixture(scope="module")
def package(checkout: Path) -> Iterator[ModuleType]:
    """The folder of new sources as a package that discovery can walk."""
    name = "newly_made_sources"
    made = (checkout / SOURCES).rename(checkout / name)
    sys.path.insert(0, str(checkout))
    yield importlib.import_module(name)
    sys.path.remove(str(checkout))
    made.rename(checkout / SOURCES)


def discovered(package: ModuleType, extension: str) -> Scraper:
    registry = ScraperRegistry()
    registry.discover(package)
    scraper = registry.get_scraper(f"From {extension}")
    assert isinstance(scraper, Scraper)
    return scraper


def sample_of(checkout: Path, extension: str) -> bytes:
    return next((checkout / SAMPLES).glob(f"from_{extension}.*")).read_bytes()


def read(scraper: Scraper, body: bytes) -> tuple[list[ProspectDraft], Table, Layout]:
    table, layout = scraper.read(body)
    plan = layout.plan(table, source=scraper.name)
    rows = list(table.rows)
    assert not any(isinstance(cells, BadRow) for _, cells in rows)
    return [scraper.draft(Row(number, cells), plan) for number, cells in rows], table, layout


@ALL
def test_a_new_source_reads_its_sample_whole(checkout: Path, package: ModuleType, extension: str) -> None:
    drafts, _, _ = read(discovered(package, extension), sample_of(checkout, extension))
    assert 5 <= len(drafts) <= MOST_ROWS
    assert {draft.naics_codes for draft in drafts} == {("541512",)}
    assert all(draft.native_id.startswith("F-2026-") for draft in drafts)
    assert {draft.solicitation.precision for draft in drafts} == {"quarter"}
    assert {draft.award.precision for draft in drafts} == {"day"}
    assert {(draft.place.city, draft.place.state) for draft in drafts} == {("Denver", "CO")}


@ALL
def test_a_new_source_reads_the_edition_that_it_was_made_from(package: ModuleType, extension: str) -> None:
    drafts, table, _ = read(discovered(package, extension), FORMATS[extension]())
    assert len(drafts) == 30
    assert table.sheet in (None, "Forecast", "table 1")


@ALL
def test_a_sample_shows_what_is_read_and_what_is_not(
    checkout: Path, package: ModuleType, extension: str
) -> None:
    drafts, _, _ = read(discovered(package, extension), sample_of(checkout, extension))
    assert {draft.value.text for draft in drafts} >= {"$1M to $2M", "not known"}
    assert {draft.set_aside.code for draft in drafts} == {"8A", "SBA", "TBD"}


@ALL
def test_nobody_is_in_a_sample(checkout: Path, package: ModuleType, extension: str) -> None:
    drafts, table, _ = read(discovered(package, extension), sample_of(checkout, extension))
    said = " ".join([*table.notes, *(str(cell) for draft in drafts for cell in draft.raw.values())])
    assert [secret for secret in SECRETS if secret.lower() in said.lower()] == []
    assert {contact.email for draft in drafts for contact in draft.contacts} <= {
        "avery.example@example.gov", "blake.example@example.gov", "casey.example@example.gov",
    }  # fmt: skip
    assert all(contact.phone for draft in drafts for contact in draft.contacts)


@ALL
def test_the_same_person_is_the_same_stranger(checkout: Path, package: ModuleType, extension: str) -> None:
    drafts, _, _ = read(discovered(package, extension), sample_of(checkout, extension))
    for draft in drafts:
        (contact,) = draft.contacts
        assert contact.name is not None
        assert contact.email == f"{contact.name.lower().replace(' ', '.')}@example.gov"
        assert draft.description is not None
        assert draft.description.endswith(f"ask {contact.name}.")


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_headings_stay_where_they_were(checkout: Path, package: ModuleType, extension: str) -> None:
    _, table, _ = read(discovered(package, extension), sample_of(checkout, extension))
    assert table.heading_row == 3
    assert table.notes[0] == "row 1: Procurement Forecast"
    assert table.notes[1].startswith("row 2: Asked of ")


def test_what_an_edition_never_says_is_not_required(tmp_path: Path) -> None:
    at = COLUMNS.index("Target Award Date")
    file = tmp_path / "edition.csv"
    file.write_bytes(as_csv(rows=[(*row[:at], "", *row[at + 1 :]) for row in ROWS]))
    made = write_source(naming_of("Interior"), file, known_sources(), into=tmp_path).source.read_text(
        encoding="utf-8"
    )
    assert '    optional = {\n        "award": "Target Award Date",\n    }' in made


def test_the_same_edition_gives_the_same_bytes(checkout: Path, tmp_path: Path) -> None:
    for extension in FORMATS:
        naming = naming_of(f"From {extension}")
        again = write_source(naming, written(tmp_path, extension), known_sources(), into=tmp_path)
        assert again.sample.read_bytes() == sample_of(checkout, extension)


def test_every_new_source_says_what_is_not_verified(package: ModuleType) -> None:
    for extension in FORMATS:
        made = importlib.import_module(f"{package.__name__}.from_{extension}")
        assert "Not verified: any of it." in (made.__doc__ or "")


def test_new_sources_pass_the_checks_of_this_repository(checkout: Path) -> None:
    checks = (
        ("ruff", "format", "--check", "--config", ROOT / "pyproject.toml"),
        ("ruff", "check", "--config", ROOT / "pyproject.toml", "--no-cache"),
        ("mypy", "--strict", "--config-file=", "--follow-imports=silent", "--ignore-missing-imports"),
    )
    for check in checks:
        files = sorted(checkout.rglob("from_*.py"))
        command = [sys.executable, "-m", *map(str, check), *map(str, files)]
        done = subprocess.run(command, cwd=ROOT / "src", capture_output=True, text=True, check=False)
        assert len(files) == len(FORMATS)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_new_sample_fails_until_somebody_has_looked_at_what_is_read(
    checkout: Path, package: ModuleType, tmp_path: Path
) -> None:
    sample, scraper = tmp_path / "from_csv.csv", discovered(package, "csv")
    sample.write_bytes(sample_of(checkout, "csv"))
    for _ in range(2):
        with pytest.raises(pytest.fail.Exception, match=r"look at it, and call it from_csv\.drafts\.json"):
            test_sources.test_a_sample_is_read_as_reviewed(scraper, sample)
    (tmp_path / "from_csv.drafts.proposed.json").rename(tmp_path / "from_csv.drafts.json")
    test_sources.test_a_sample_is_read_as_reviewed(scraper, sample)


@pytest.mark.parametrize("name", ["HUD", "hud", "Homeland Security", "DHS"])
def test_a_name_or_key_that_a_source_has_is_refused_with_both_places(tmp_path: Path, name: str) -> None:
    with pytest.raises(DuplicateNameError) as refused:
        write_source(naming_of(name), written(tmp_path, "csv"), known_sources(), into=tmp_path)
    assert ".py:" in str(refused.value)
    assert str(tmp_path / SOURCES) in str(refused.value)
    assert not (tmp_path / SOURCES).exists()


@pytest.mark.parametrize("there", [SOURCES / "interior.py", SAMPLES / "interior.csv"])
def test_nothing_is_written_over(tmp_path: Path, there: Path) -> None:
    (tmp_path / there).parent.mkdir(parents=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="is there already"):
        write_source(naming_of("Interior"), written(tmp_path, "csv"), known_sources(), into=tmp_path)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.rglob("interior.*")] == ["mine"]


@pytest.mark.parametrize(("name", "url"), [("3M", None), ("Interior", "http://www.doi.gov"), ("—", None)])
def test_a_name_or_address_that_cannot_be_is_refused(name: str, url: str | None) -> None:
    with pytest.raises(ValueError):
        naming_of(name, url=url)


def run(*words: str) -> Result:
    return CliRunner().invoke(prospects, ["new-source", *words])


def test_the_command_says_what_is_read_from_where_and_what_to_do_next(tmp_path: Path) -> None:
    file = written(tmp_path, "csv")
    done = run(
        "Interior", "--sample", str(file), "--into", str(tmp_path), "--agency", "Department of the Interior"
    )
    assert done.exit_code == 0, done.output
    assert "Solicitation Qtr, Solicitation FY  (a quarter and its fiscal year)" in done.output
    assert "pytest tests/test_sources.py -k interior" in done.output
    assert 'agency = "Department of the Interior"' in (tmp_path / SOURCES / "interior.py").read_text(
        encoding="utf-8"
    )


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.csv"
    page.write_bytes(b"<!doctype html><html><title>Access denied</title></html>")
    assert "Access denied" in str(run("Interior", "--sample", str(page), "--into", str(tmp_path)).exception)


def test_a_list_that_is_no_forecast_is_refused(tmp_path: Path) -> None:
    songs = tmp_path / "songs.csv"
    songs.write_bytes(
        as_csv(("Song", "Singer", "Year"), [(f"La {number}", "Ann", "1999") for number in range(5)])
    )
    done = run("Interior", "--sample", str(songs), "--into", str(tmp_path))
    assert "hardly a forecast, by its headings: Song, Singer, Year" in str(done.exception)
