"""A process that forks while a thread of it writes: as a worker does, whose pool processes come and go."""

import pytest

pytestmark = [pytest.mark.engine, pytest.mark.timeout(120)]
BUSY = """
import os, threading
from django.db import connection, transaction
from django.utils import timezone
from prospect_aggregate.collection import forks
from prospect_aggregate.collection.models import Process
def write(count):
    now = timezone.now()
    with transaction.atomic():
        for n in range(count):
            name = f"{os.getpid()} {os.urandom(8).hex()}"
            Process.objects.create(kind="worker", name=name, started_at=now, heard_at=now)
def live():
    while not over.is_set():
        with forks.none():
            write(20)
connection.close()
over = threading.Event()
thread = threading.Thread(target=live)
thread.start()
codes = []
for _ in range(60):
    child = os.fork()
    if child == 0:
        write(5)
        os._exit(0)
    codes.append(os.waitpid(child, 0)[1])
over.set()
thread.join()
of_children = Process.objects.exclude(name__startswith=f"{os.getpid()} ").count()
with connection.cursor() as cursor:
    cursor.execute("PRAGMA integrity_check")
    print(set(codes), of_children, cursor.fetchall())
"""


def test_a_database_in_use_is_never_carried_over_a_fork(new_house):
    """Without the gate a child waits for a lock that nobody holds, and the file may end up malformed."""
    house = new_house()
    house.migrate()
    assert house.shell(BUSY) == f"{ {0} } {60 * 5} [('ok',)]\n"
