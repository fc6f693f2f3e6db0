"""Commands on people: who may come in, inviting somebody, and what people did."""

from datetime import datetime

import click

from prospect_aggregate.cli.collecting import Moment
from prospect_aggregate.cli.home import ready
from prospect_aggregate.cli.output import listing_options, print_listing

ROLES = ("viewer", "analyst", "operator", "administrator")


@click.command()
@listing_options
def people(as_json: bool, limit: int | None) -> None:
    """Who may come in, as what, and who waits after wrong passwords."""
    ready()
    from django.utils import timezone

    from prospect_aggregate.web.models import Person
    from prospect_aggregate.web.roster import person_objects

    columns = ("name", "role", "email", "active", "signed_in_at", "sessions", "locked_until")
    objects = person_objects(Person.objects.order_by("username"), now=timezone.now())
    empty = "Nobody yet; `prospects sign-in-link` lets the first administrator in."
    print_listing(objects, columns, as_json=as_json, limit=limit, empty=empty)


@click.command()
@click.option(
    "--role", type=click.Choice(ROLES), default="viewer", show_default=True, help="What they may do."
)
def invite(role: str) -> None:
    """Print a link by which somebody new comes in once, within a week, and chooses a name and a password."""
    ready()
    from django.conf import settings
    from django.utils import timezone

    from prospect_aggregate.web.invitations import invite as make
    from prospect_aggregate.web.permissions import Role

    _, path = make(Role(role), by=None, now=timezone.now())
    click.echo(f"{settings.ADDRESS or 'http://127.0.0.1:8000'}{path}")


@click.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), help="What they may do from now on.")
@click.option("--on/--off", "active", default=None, help="Let them come in, or not; off ends every session.")
@click.option("--lift", is_flag=True, help="Let them try again at once after wrong passwords.")
def person(name: str, role: str | None, active: bool | None, lift: bool) -> None:
    """Give somebody a role, switch them off or on, end their wait. The last administrator stays one."""
    if role is None and active is None and not lift:
        raise click.UsageError("say --role, --on, --off or --lift")
    ready()
    from prospect_aggregate.web import roster
    from prospect_aggregate.web.permissions import Role

    found = roster.person_named(name)
    roster.edit(found, role=Role(role) if role else None, active=active)
    if lift:
        roster.lift(found)
    off = "" if found.is_active else ", switched off"
    click.echo(f"{found.get_username()}: {found.role}{off}")


@click.command()
@click.option("--by", default="", help="Of one person.")
@click.option("--act", default="", help="Only such acts.")
@click.option("--kind", default="", help="Only on such things: run, schedule, person, …")
@click.option("--thing", default="", help="Only on this one, by its number or name.")
@click.option("--through", type=click.Choice(["page", "api", "command"]), help="By which way.")
@click.option("--since", type=Moment(), help="Done since then.")
@listing_options
def audit(as_json: bool, limit: int | None, since: datetime | None, **asked: str | None) -> None:
    """Whatever a person changed, newest first: who, when, by page, API or command, on what, before and after."""
    ready()
    from prospect_aggregate.web.audit import audit_object
    from prospect_aggregate.web.models import AuditLine

    given = {name: value or "" for name, value in asked.items()}
    objects = map(audit_object, AuditLine.objects.asked(**given, since=since).iterator(chunk_size=1000))
    columns = ("at", "by", "through", "act", "kind", "thing", "after")
    empty = "Nobody did that, or anything at all yet."
    print_listing(objects, columns, as_json=as_json, limit=limit, empty=empty)


COMMANDS = [people, invite, person, audit]
