"""Entries get the texts that shelves and facets are counted from; their table is made anew after the migration (`entries.py`)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("prospects", "0007_company"),
    ]

    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS prospect_entry", migrations.RunSQL.noop
        ),  # the table replaces it
        migrations.AddField(
            model_name="entry",
            name="shelving",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entry",
            name="cells",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
    ]
