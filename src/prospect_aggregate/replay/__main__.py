"""The process that reads editions again, into the fresh database that its environment names."""

import os
import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prospect_aggregate.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from prospect_aggregate.replay.reading import read_again

    read_again(sys.stdin.buffer)
