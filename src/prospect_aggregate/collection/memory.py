"""How much memory this process has."""

import resource
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")


def used() -> int:
    """Bytes resident now; where the system does not tell, the most there ever were."""
    try:
        return int(_STATM.read_text().split()[1]) * resource.getpagesize()
    except FileNotFoundError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
