"""Files that programs bring before they say something with them."""

import django.db.models.deletion
from django.db import migrations, models

from ambidesk.ground.reach.walling import closed


class Migration(migrations.Migration):
    """A table, closed to clients."""

    dependencies = [
        ("conversations", "0007_purpose_of_deliveries"),
        ("files", "0001_initial"),
        ("reach", "0006_accounts_of_clients"),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=43, unique=True)),
                ("name", models.CharField(blank=True, max_length=255)),
                ("at", models.DateTimeField()),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.blob",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="reach.apikey",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["at"], name="upload_by_age")]},
        ),
        closed("conversations_upload"),
    ]
