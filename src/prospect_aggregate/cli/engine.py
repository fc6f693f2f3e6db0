"""Commands that start things: up, and migrate before it."""

import os
import sys

import click

from prospect_aggregate.cli import home

DEMO_HOME = "var-demo"


@click.command()
@click.option(
    "--demo", is_flag=True, help="With sample data from replicas of the agencies' sites; nobody is asked."
)
@click.option(
    "--port", default=8000, show_default=True, help="Of the pages, on 127.0.0.1; 0 takes a free one."
)
def up(demo: bool, port: int) -> None:
    """Start web, worker, beat and an embedded broker on this machine; Ctrl-C stops them all.

    It migrates the database first, and needs nothing installed: state lives in PROSPECTS_HOME (./var, and ./var-demo
    for the demo, unless set).
    """
    if demo:
        os.environ.setdefault("PROSPECTS_HOME", DEMO_HOME)
    home.set_up()
    from prospect_aggregate.cli.demo import Demo
    from prospect_aggregate.cli.engine_up import Up

    sys.exit(Up(port=port, demo=Demo(out=click.echo) if demo else None).run())


@click.command()
def migrate() -> None:
    """Bring the database up to this version of the code."""
    home.migrate(verbosity=1)


@click.command()
@click.option(
    "--person", default="admin", show_default=True, help="Whose; the administrator is made when nobody is."
)
def sign_in_link(person: str) -> None:
    """Print a link that signs one person in once, within the hour: for the first start, and for a lost password."""
    home.ready()
    from django.conf import settings
    from django.utils import timezone

    from prospect_aggregate.collection import audit as kept_audit
    from prospect_aggregate.web.first_start import ensure_administrator, link_for
    from prospect_aggregate.web.models import Person

    ensure_administrator()
    found = Person.objects.filter(username=person, is_active=True).first()
    if found is None:
        known = ", ".join(Person.objects.filter(is_active=True).values_list("username", flat=True))
        raise LookupError(f"nobody is called {person!r}; there are: {known}")
    kept_audit.record("make sign-in link", "person", found)
    click.echo(f"{settings.ADDRESS or 'http://127.0.0.1:8000'}{link_for(found, now=timezone.now())}")


COMMANDS = [up, migrate, sign_in_link]
