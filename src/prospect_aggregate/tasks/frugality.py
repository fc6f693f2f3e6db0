"""What a pool process gives back between two tasks: the memory that a large list took."""

import gc
from typing import Any

from celery.signals import task_postrun, worker_before_create_process, worker_process_init
from django.db import close_old_connections

from prospect_aggregate.collection import memory

GROWN = 8 * 2**20
"""Less is not worth the milliseconds; small lists never come here."""


class _Level:
    """What this process had when it last gave back."""

    used = 0


@worker_before_create_process.connect
def keep_apart(**_: Any) -> None:
    """What was imported stays for good: collecting garbage needs not look through it, nor copy its pages."""
    gc.freeze()


@worker_process_init.connect
def begin(**_: Any) -> None:
    """In pool processes alone: who runs a task in a process of their own goes on with its connections."""
    task_postrun.connect(give_back)


def give_back(**_: Any) -> None:
    if memory.used() - _Level.used < GROWN:
        return
    close_old_connections()  # SQLite's hold pages of the database
    gc.collect()
    memory.trim()
    _Level.used = memory.used()
