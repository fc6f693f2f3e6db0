"""The command that begins a new source."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from prospect_aggregate.scrapers.scaffold.new import Written

NEXT = """
written: {source}
         {sample}

1. Look at the source: its first lines say what was guessed and what is not known.
2. Look at the sample: whether a text still names a person.
3. Run `pytest tests/test_sources.py -k {key}`. It writes {key}.drafts.proposed.json, what was read from
   the sample, and fails until you call it {key}.drafts.json: do so when every value in it is right.
4. Run `prospects collect {key} --file {file}`, then `prospects quality {key}`.
5. Say whom it covers, in src/prospect_aggregate/collection/coverage.csv."""


@click.command("new-source")
@click.argument("name")
@click.option(
    "--sample",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An edition of the list: CSV, XLSX, an HTML table or JSON.",
)
@click.option("--url", help="The page where a person sees the list.")
@click.option("--agency", help="The department's full name.")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="The checkout to write into.  [default: the one that runs]",
)
def new_source(name: str, file: Path, url: str | None, agency: str | None, into: Path | None) -> None:
    """Write a source file and its test sample from an edition that you downloaded.

    It proposes which heading is which field, by what headings mean in the other sources and by what the cells say.
    People in the sample are replaced by made-up ones. Nothing is written over.
    """
    from prospect_aggregate.scrapers import sources
    from prospect_aggregate.scrapers.registry import ScraperRegistry
    from prospect_aggregate.scrapers.scaffold.new import CHECKOUT, SAMPLES, naming_of, write_source

    if into is None and not (CHECKOUT / SAMPLES).is_dir():
        raise click.UsageError(f"{CHECKOUT} is no checkout of this project; name one with --into")
    registry = ScraperRegistry()
    registry.discover(sources)
    naming = naming_of(name, agency=agency, url=url)
    written = write_source(naming, file, registry, into=into or CHECKOUT)
    _say_what_is_read(written)
    _say_next(written, file)


def _say_what_is_read(written: "Written") -> None:
    width = max(len(each.field) for each in written.proposal.fields)
    for each in written.proposal.fields:
        headings = ", ".join(" ".join(heading.split()) for heading in each.headings)
        click.echo(f"{each.field:<{width}}  {headings}  ({each.why})")
    if written.proposal.rest:
        rest = ", ".join(" ".join(heading.split()) for heading in written.proposal.rest)
        click.echo(f"{'no field':<{width}}  {rest}")


def _say_next(written: "Written", file: Path) -> None:
    key, shown = written.naming.key, shlex.quote(str(file))
    click.echo(NEXT.format(key=key, file=shown, source=written.source, sample=written.sample))


COMMANDS = [new_source]
