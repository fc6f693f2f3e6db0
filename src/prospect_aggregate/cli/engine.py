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


COMMANDS = [up, migrate]
