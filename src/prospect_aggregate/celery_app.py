"""The Celery app: Django set up, sources discovered, tasks made, schedule generated."""

import logging
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")
os.environ.setdefault(
    "CELERY_SKIP_CHECKS", "1"
)  # Django's load every page: 30 MB in each worker and beat, and a second

import django
from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

try:
    django.setup()
except ImproperlyConfigured as error:  # a process that cannot start says why in one line
    raise SystemExit(f"prospects: {error}") from None

from prospect_aggregate import logs, observers
from prospect_aggregate.engine.address import broker_address
from prospect_aggregate.scrapers import sources
from prospect_aggregate.scrapers.registry import scraper_registry
from prospect_aggregate.tasks.registry import task_registry
from prospect_aggregate.tasks.schedule import generate_beat_schedule
from prospect_aggregate.tasks.task import route
from prospect_aggregate.tasks.task_factory import CHECK, COLLECT, UPKEEP

logger = logging.getLogger(__name__)

app = Celery("prospect_aggregate", broker=broker_address(), set_as_current=True)
app.conf.update(
    task_ignore_result=True,  # the runs table is the result
    task_acks_late=True,  # a message outlives its worker; the run's claim keeps it from doubling
    task_reject_on_worker_lost=False,  # recovery is the heartbeat's: redelivery would loop on a poisonous run
    worker_prefetch_multiplier=1,  # a collection takes minutes: no worker hoards them
    worker_pool="prefork",  # threads have no time limits
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,  # tracebacks stay lines
    worker_max_tasks_per_child=200,  # whatever a parser leaks, it leaks for so long
    task_serializer="json",
    accept_content=["json"],
    task_default_queue=UPKEEP,
    task_routes=[route],
    task_queues=[Queue(name) for name in (COLLECT, CHECK, UPKEEP)],
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": int(settings.TIME_LIMIT.total_seconds()) + 300,
        "max_retries": 0,  # a send to a broker that is away fails at once, not after kombu's 6 s
    },
    timezone="UTC",
    enable_utc=True,
)


@app.on_after_finalize.connect
def setup_periodic_tasks(sender: Celery, **kwargs: Any) -> None:  # noqa: ARG001
    """Generate the schedule from whatever is registered by now."""
    sender.conf.beat_schedule = generate_beat_schedule(task_registry)


@setup_logging.connect
def set_up_logging(**_: Any) -> None:
    """Of worker and beat: Celery then leaves logging alone."""
    logs.configure()
    observers.begin()


scraper_registry.discover(sources)
from prospect_aggregate.tasks import aftermath, frugality, health_check_tasks, presence, scraper_tasks  # noqa: F401  # make tasks, and listen

app.finalize()
