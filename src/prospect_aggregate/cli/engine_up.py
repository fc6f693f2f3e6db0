"""What `prospects up` starts, and how it knows that it runs."""

from collections.abc import Sequence

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from prospect_aggregate.broker import Broker
from prospect_aggregate.children import Child
from prospect_aggregate.cli import home
from prospect_aggregate.supervisor import engine, run_engine


def start() -> int:
    """The exit code of the engine."""
    import django

    django.setup()
    return run_engine(settings.HOME, _compose, after_stop=_mark_lost)


def _compose(broker: Broker) -> Sequence[Child]:
    """The home is ours by now, so that nobody else migrates it."""
    home.migrate()
    return engine(broker, concurrency=settings.WORKERS, beat_is_alive=_beat_is_alive)


def _beat_is_alive() -> bool:
    from prospect_aggregate.collection import leases

    try:
        return leases.holder("beat", now=timezone.now()) is not None
    except Error:
        return False
    finally:
        connection.close()


def _mark_lost(killed: list[str]) -> None:
    """Runs of workers that had to be killed are lost, and queued again for the next start."""
    if not killed:
        return
    from prospect_aggregate.celery_app import app  # noqa: F401  # policy and registry come with it
    from prospect_aggregate.tasks.loop import recover_dead

    recover_dead(now=timezone.now())
