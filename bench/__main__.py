"""Every row of the table that sets the product beside its peers and its limits: `make bench`."""

import importlib
import sys
import traceback

PARTS = (
    "collecting",
    "growing",
    "reading",
    "finding",
    "listing",
    "starting",
    "batching",
    "schedule",
    "overhead",
)


def main(parts: tuple[str, ...]) -> None:
    """One that cannot be measured on this machine does not keep the others from being."""
    failed = []
    for part in parts:
        try:
            importlib.import_module(f"bench.{part}").main()
        except (RuntimeError, OSError, TimeoutError):
            traceback.print_exc()
            failed.append(part)
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main(tuple(each for each in sys.argv[1:] if not each.startswith("-")) or PARTS)
