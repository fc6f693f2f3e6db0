"""The command for the company profile: show it, or set it from JSON."""

import json
from datetime import date
from typing import Any, TextIO

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.ledger import Day
from prospect_aggregate.cli.output import print_object


@click.command()
@click.option(
    "--set",
    "given",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE",
    help="Set it from a JSON object (- reads it from stdin); what it leaves out is empty.",
)
@click.option("--as-of", type=Day(), help="Today, for what is upcoming.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list with the one object.")
def profile(given: TextIO | None, as_of: date | None, as_json: bool) -> None:
    """What the company is and looks for, and how many upcoming prospects fit it.

    `prospects search --fit possible` lists them. What stays empty is asked of nobody.
    """  # fmt: skip
    ready()
    from django.utils import timezone

    from prospect_aggregate.web.company_words import company_object

    if given:
        _keep(given)
    found = company_object(day=as_of or timezone.now().date())
    print_object(found if as_json else found.pop("profile") | found, as_json=as_json)


def _keep(given: TextIO) -> None:
    from django.utils import timezone

    from prospect_aggregate.cli.reviewing import person
    from prospect_aggregate.prospects import company
    from prospect_aggregate.prospects.profile import profile_of

    wanted = profile_of(_read(given))
    read = company.Company.objects.current().version
    company.keep(wanted, by=person(), now=timezone.now(), read=read)


def _read(given: TextIO) -> dict[str, Any]:
    """Also what `--json` printed: a list with the one object, of which only the profile counts."""
    try:
        read = json.load(given)
    except json.JSONDecodeError as error:
        raise click.ClickException(f"{given.name} holds no JSON ({error})") from error
    read = read[0] if isinstance(read, list) and len(read) == 1 else read
    if not isinstance(read, dict):
        raise click.ClickException(f'{given.name} holds no object; write {{"naics": ["541519"], …}}')
    profile = read.get("profile", read)
    return profile if isinstance(profile, dict) else read


COMMANDS = [profile]
