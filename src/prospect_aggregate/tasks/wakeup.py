"""Messages: the only thing that Celery carries is that a run waits."""

import logging

from amqp.exceptions import AMQPError
from django.db import transaction
from kombu.exceptions import OperationalError

from prospect_aggregate.collection import clock
from prospect_aggregate.collection.models import Run
from prospect_aggregate.collection.outcomes import one_line
from prospect_aggregate.tasks.task import AnyTask

logger = logging.getLogger(__name__)
NOT_TAKEN = (OperationalError, AMQPError, OSError)
"""What says that a broker is away or does not let us in. kombu makes one of all but RabbitMQ's refusals."""


def wake(run: Run, task: AnyTask) -> None:
    """Send the run's message once its row is committed. The loop sends again what a broker refused or lost."""
    transaction.on_commit(lambda: send(run.pk, task))


def send(run_id: int, task: AnyTask) -> bool:
    """False when the broker did not take the message; the run waits in the database."""
    Run.objects.filter(pk=run_id, status=Run.Status.QUEUED).update(sent_at=clock.now())
    return publish(task, run_id=run_id)


def publish(task: AnyTask, **arguments: object) -> bool:
    """One try: who waits for a broker that is away keeps everybody else waiting."""
    try:
        task.apply_async(kwargs=arguments, retry=False)
    except NOT_TAKEN as error:
        logger.warning("%s %s: the broker did not take it: %s", task.name, arguments, one_line(error))
        return False
    return True
