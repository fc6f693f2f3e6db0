"""Commands for the sandbox: replicas of the agencies' sites, served or as files."""

from datetime import date
from pathlib import Path

import click

from prospect_aggregate.cli.ledger import Day


@click.group()
def sandbox() -> None:
    """Replicas of the agencies' sites, with made-up editions that move as real ones do."""


TODAY = click.option("--today", type=Day(), help="The day of the newest edition.  [default: today]")
SEED = click.option("--seed", default=1, show_default=True, help="The same seed gives the same bytes.")
SCALE = click.option(
    "--scale", default=1.0, show_default=True, help="Rows, as a multiple of the real lists'."
)


@sandbox.command()
@click.option("--port", default=8100, show_default=True, help="On 127.0.0.1; 0 takes a free one.")
@TODAY
@SEED
@SCALE
def serve(port: int, today: date | None, seed: int, scale: float) -> None:
    """Serve all replicas until Ctrl-C. PROSPECTS_HOSTS, as printed, leads collections to them."""
    from prospect_aggregate.sandbox.server import Server

    with Server(port, today=today or date.today(), seed=seed, scale=scale) as server:  # noqa: DTZ011
        led = ",".join(f"{host}={address}" for host, address in server.hosts.items())
        click.echo(f"PROSPECTS_HOSTS={led}")
        server.wait()


@sandbox.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@TODAY
@SEED
@SCALE
def files(folder: Path, today: date | None, seed: int, scale: float) -> None:
    """Write six weekly editions of every replica into FOLDER, to be collected with --file and --at."""
    from prospect_aggregate.sandbox.files import write_files

    for edition in write_files(folder, today=today or date.today(), seed=seed, scale=scale):  # noqa: DTZ011
        click.echo(f"{edition.path}\t--at {edition.day}")


COMMANDS = [sandbox]
