"""Commands for the sandbox: replicas of the agencies' sites, served, spoiled and mended, or as files."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import click

from prospect_aggregate.cli import home
from prospect_aggregate.cli.engine import DEMO_HOME
from prospect_aggregate.cli.ledger import Day
from prospect_aggregate.cli.output import listing_options, print_listing


@click.group()
def sandbox() -> None:
    """Replicas of the agencies' sites, with made-up editions that move as real ones do."""


class Spoil(click.ParamType[tuple[str, str]]):
    """A replica's key and the fault that befalls it."""

    name = "KEY=FAULT"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        key, _, fault = str(value).partition("=")
        if not key or not fault:
            self.fail(f"{value!r}: write state=block_page", param, ctx)
        return key, fault


TODAY = click.option("--today", type=Day(), help="The day of the newest edition.  [default: today]")
SEED = click.option("--seed", default=1, show_default=True, help="The same seed gives the same bytes.")
SCALE = click.option(
    "--scale", default=1.0, show_default=True, help="Rows, as a multiple of the real lists'."
)
SPOIL = click.option(
    "--spoil", "spoiled", type=Spoil(), multiple=True, help="A fault from the start; can be given again."
)
PORT = click.option("--port", type=int, help="Where the sandbox listens.  [default: as the demo's home says]")


@sandbox.command()
@click.option("--port", default=8100, show_default=True, help="On 127.0.0.1; 0 takes a free one.")
@TODAY
@SEED
@SCALE
@SPOIL
def serve(
    port: int, today: date | None, seed: int, scale: float, spoiled: tuple[tuple[str, str], ...]
) -> None:
    """Serve all replicas until Ctrl-C. PROSPECTS_HOSTS, as printed, leads collections to them."""
    from prospect_aggregate.sandbox.server import Server

    with Server(port, today=today or date.today(), seed=seed, scale=scale) as server:  # noqa: DTZ011
        for key, fault in spoiled:
            server.spoil(key, fault)
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


@sandbox.command()
@PORT
@listing_options
def state(port: int | None, as_json: bool, limit: int | None) -> None:
    """What each replica of a running sandbox shows: its edition, its fault, how often it was asked."""
    from prospect_aggregate.sandbox import control

    columns = ("key", "host", "edition", "day", "fault", "asked")
    shown = control.state(_port(port))
    print_listing(shown, columns, as_json=as_json, limit=limit, empty="The sandbox plays no agency.")


@sandbox.command()
@click.argument("key")
@click.argument("fault")
@PORT
def spoil(key: str, fault: str, port: int | None) -> None:
    """Let FAULT befall the replica of a source, in a sandbox that runs, until it is mended.

    The faults are listed in docs/commands.md, and by any wrong one.
    """
    from prospect_aggregate.sandbox import control, faults

    says = faults.fault(fault).says
    control.spoil(_port(port), key, fault)
    click.echo(f"{key}: {says}, until `prospects sandbox mend {key}`")


@sandbox.command()
@click.argument("key")
@PORT
def mend(key: str, port: int | None) -> None:
    """End the fault of a replica, in a sandbox that runs."""
    from prospect_aggregate.sandbox import control

    control.mend(_port(port), key)
    click.echo(f"{key}: all is well")


def _port(given: int | None) -> int:
    """Where it listens: as told, else as the demo announced in its home."""
    return given or _announced_port()


def _announced_port() -> int:
    os.environ.setdefault("PROSPECTS_HOME", DEMO_HOME)
    home.set_up()
    from prospect_aggregate.collection import homes
    from prospect_aggregate.sandbox.control import SandboxError

    try:
        replicas: Mapping[str, str] = homes.announced()
    except FileNotFoundError as error:
        raise SandboxError(
            f"no demo was started in {os.environ['PROSPECTS_HOME']}; name the sandbox by --port, or the demo's "
            "folder by PROSPECTS_HOME"
        ) from error
    return next(port for address in replicas.values() if (port := urlsplit(address).port))


COMMANDS = [sandbox]
