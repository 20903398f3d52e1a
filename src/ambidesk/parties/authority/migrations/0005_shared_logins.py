"""Logins that a department shares."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A contact that stands for a department."""

    dependencies = [
        ("authority", "0004_letters_about_work"),
        ("companies", "0003_own_fields_of_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedLogin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared_login",
                        to="companies.contact",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="companies.department",
                    ),
                ),
            ],
        ),
    ]
