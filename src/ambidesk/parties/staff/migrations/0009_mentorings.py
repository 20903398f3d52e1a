"""Mentors of newcomers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who goes along with whom."""

    dependencies = [("staff", "0008_absences_and_levels")]

    operations = [
        migrations.CreateModel(
            name="Mentoring",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since_on", models.DateField()),
                ("until_on", models.DateField()),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentoring",
                        to="staff.member",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="newcomers",
                        to="staff.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("member", models.F("mentor")), _negated=True),
                        name="mentoring_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gt", models.F("since_on"))),
                        name="mentoring_period_not_empty",
                    ),
                ],
            },
        ),
    ]
