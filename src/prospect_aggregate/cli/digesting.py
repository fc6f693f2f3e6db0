"""The command on a person's digest."""

from typing import Any

import click

from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import print_object

EVERY = ("off", "daily", "weekly")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@click.command()
@click.argument("name")
@click.option("--every", type=click.Choice(EVERY), help="How often it is mailed; off ends it.")
@click.option("--weekday", type=click.Choice(WEEKDAYS), help="Where it is weekly.")
@click.option("--hour", type=click.IntRange(0, 23), help="By the clocks of the zone.")
@click.option("--zone", help="Name of a time zone, such as America/New_York.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list with the one object.")
def digest(
    name: str, every: str | None, weekday: str | None, hour: int | None, zone: str | None, as_json: bool
) -> None:
    """When somebody is mailed what changed of all that they follow; with --every and the like, from now on."""
    ready()
    from dataclasses import replace

    from django.utils import timezone

    from prospect_aggregate.web import roster
    from prospect_aggregate.web.digests.choosing import choose, digest_object
    from prospect_aggregate.web.models import Digest

    person = roster.person_named(name)
    day = WEEKDAYS.index(weekday) if weekday else None
    asked: dict[str, Any] = {"every": every, "weekday": day, "hour": hour, "zone": zone}
    given = {word: value for word, value in asked.items() if value is not None}
    if given:
        choose(person, replace(Digest.objects.of(person).when, **given), now=timezone.now())
    print_object(digest_object(person), as_json=as_json)


COMMANDS = [digest]
