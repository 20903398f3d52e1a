import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GOALS = [
    ("first_response", "First response"),
    ("next_response", "Next response"),
    ("resolution", "Resolution"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("charges", "0003_costs_are_charged"),
        ("sla", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Excusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("goal", models.CharField(choices=GOALS, max_length=14)),
                ("number", models.PositiveIntegerField()),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="Why")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excusals",
                        to="contracts.contract",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excusals",
                        to="sla.promise",
                    ),
                ),
            ],
            options={
                "ordering": ["contract", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contract", "promise", "goal", "number"),
                        name="breach_excused_once",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="penalty",
            name="excused",
            field=models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=14),
        ),
        migrations.AddConstraint(
            model_name="penalty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("excused", 0), ("excused", models.F("amount")), _connector="OR"
                ),
                name="penalty_excused_in_whole",
            ),
        ),
    ]
