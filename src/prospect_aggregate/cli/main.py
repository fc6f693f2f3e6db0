"""The `prospects` command, and how its errors reach a person."""

import getpass
import logging
import os
import sys

import click

from prospect_aggregate.cli import (
    alerting,
    batching,
    collecting,
    completeness,
    digesting,
    engine,
    exporting,
    figures,
    ledger,
    new_source,
    operating,
    pairing,
    peopling,
    profiling,
    replaying,
    reviewing,
    sandboxing,
    saying,
    scheduling,
)
from prospect_aggregate.collection.audit import Act, kept_by

HELP = """Collect the procurement forecasts of U.S. federal agencies, and see what moved.

\b
  prospects up                       start everything on this machine
  prospects sources                  what is collected, and how fresh it is
  prospects collect dhs              collect one source now
  prospects search cyber --overdue   look at the list
  prospects changes                  what the last editions changed

State lives in the folder PROSPECTS_HOME (./var unless set).
"""


@click.group(help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jps-prospect-aggregate", prog_name="prospects")
@click.pass_context
def prospects(context: click.Context) -> None:
    """See HELP. What somebody changes by a command stands in the audit log, too."""
    context.with_resource(kept_by(_keep))


def _keep(act: Act) -> None:
    """Imported only when something was done: most commands only look."""
    from prospect_aggregate.web.audit import keep_command

    keep_command(getpass.getuser())(act)


EVERYDAY = (
    engine,
    collecting,
    operating,
    scheduling,
    batching,
    saying,
    reviewing,
    pairing,
    completeness,
    figures,
    ledger,
    exporting,
    profiling,
)
SELDOM = (alerting, peopling, digesting, replaying, new_source, sandboxing)
for module in (*EVERYDAY, *SELDOM):
    for command in module.COMMANDS:
        prospects.add_command(command)


def main() -> None:
    """One line on stderr and a non-zero exit for whatever goes wrong; PROSPECTS_DEBUG=1 shows where."""
    if not os.environ.get("PROSPECTS_DEBUG"):
        logging.getLogger("prospect_aggregate").addHandler(
            logging.NullHandler()
        )  # the commands speak themselves
    try:
        prospects(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:  # `prospects changes | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("PROSPECTS_DEBUG"):
            raise
        click.echo(f"prospects: {_one_line(error)}", err=True)
        sys.exit(1)


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    if text.startswith("connection failed:"):  # as psycopg begins, whatever the server says then
        return f"the database cannot be had ({text.removeprefix('connection failed: ')}); DATABASE_URL leads to it"
    if "no such table" in text or "no such column" in text or "does not exist" in text:
        return f"the database is not up to date ({text}); run `prospects migrate`"
    return text
