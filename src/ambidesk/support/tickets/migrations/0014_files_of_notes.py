"""Notes carry files."""

import django.db.models.deletion
from django.db import migrations, models

from ambidesk.ground.reach.walling import closed


class Migration(migrations.Migration):
    """A table, closed to clients as notes are."""

    dependencies = [
        ("tickets", "0013_coverage"),
        ("files", "0001_initial"),
        ("reach", "0006_accounts_of_clients"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoteFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=43, unique=True)),
                ("name", models.CharField(blank=True, max_length=255)),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.blob",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="tickets.note",
                    ),
                ),
            ],
        ),
        closed("tickets_notefile"),
    ]
