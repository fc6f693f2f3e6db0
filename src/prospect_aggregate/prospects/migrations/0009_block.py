"""Blocks of entries get versions; triggers and tables are made anew after the migration (`entries.py`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("prospects", "0008_cells"),
    ]

    operations = []
