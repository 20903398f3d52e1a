"""Words that were read in PDF and office files, and which files wait to be read."""

import django.db.models.deletion
from django.db import migrations, models

READABLE = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
)


class Migration(migrations.Migration):
    """A table, a column and its index."""

    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "blob",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="files.blob",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="blob",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="blob",
            index=models.Index(
                condition=models.Q(
                    ("content_type__in", READABLE), ("read_at", None), ("removed_at", None)
                ),
                fields=["id"],
                name="blob_unread",
            ),
        ),
    ]
