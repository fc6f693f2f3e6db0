"""The command line: `prospects`."""

from prospect_aggregate.cli.main import main

__all__ = ["main"]
