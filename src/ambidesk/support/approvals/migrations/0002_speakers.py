"""Who of those that share a login answered."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A contact beside the login."""

    dependencies = [
        ("approvals", "0001_initial"),
        ("companies", "0003_own_fields_of_cards"),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="speaker",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="companies.contact",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("speaker", None), ("source", "portal"), _connector="OR"),
                name="answer_spoken_where_one_signs_in",
            ),
        ),
    ]
