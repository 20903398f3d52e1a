"""Households of persons."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A named group, and who is of it."""

    dependencies = [("people", "0004_found_by_value")]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Household")),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="household_has_a_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Housemate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="housemates",
                        to="people.household",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="housemate",
                        to="people.person",
                    ),
                ),
            ],
        ),
    ]
