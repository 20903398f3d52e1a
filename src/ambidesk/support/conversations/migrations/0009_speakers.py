"""Who of those that share a login said something."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A contact or a name; what nodes of the version before write has neither."""

    dependencies = [
        ("companies", "0003_own_fields_of_cards"),
        ("conversations", "0008_uploads"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="speaker",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="companies.contact",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="speaker_name",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
