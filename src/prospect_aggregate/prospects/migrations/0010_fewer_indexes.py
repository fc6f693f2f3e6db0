"""`prospect_counted` begins with the same columns."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("prospects", "0009_block"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="prospect",
            name="prospect_by_solicitation",
        ),
    ]
