"""Commands that start things: up, and migrate before it."""

import sys

import click

from prospect_aggregate.cli import home


@click.command()
def up() -> None:
    """Start worker, beat and an embedded broker on this machine; Ctrl-C stops them all.

    It migrates the database first, and needs nothing installed: state lives in PROSPECTS_HOME.
    """
    from prospect_aggregate.cli.engine_up import start

    sys.exit(start())


@click.command()
def migrate() -> None:
    """Bring the database up to this version of the code."""
    home.migrate(verbosity=1)


COMMANDS = [up, migrate]
