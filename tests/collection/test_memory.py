"""What a collection asks of Python's own housekeeping."""

import subprocess
import sys

SEEN = """
import gc
from prospect_aggregate.collection import memory
memory.collect_seldom()
kept, often = gc.get_freeze_count(), gc.get_threshold()
memory.collect_seldom()
circle = []
circle.append(circle)
del circle
assert gc.get_freeze_count() == kept > 10_000
print(often[0], gc.collect() > 0)
"""


def test_a_collecting_process_looks_seldom_for_circles_and_still_finds_them() -> None:
    """In a process of its own: it is set once, and stays."""
    done = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["50000", "True"]
