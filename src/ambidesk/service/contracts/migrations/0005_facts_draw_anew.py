from django.db import migrations, models

BASES = [
    ("hour", "an hour"),
    ("visit", "a visit"),
    ("unit", "a unit"),
    ("point", "a point"),
    ("fixed", "the whole request"),
    ("line", "each entry of work"),
]


# What a fact drew is given back when its request is covered otherwise; it may then draw anew.
class Migration(migrations.Migration):
    dependencies = [("contracts", "0004_reasons_can_be_erased")]
    operations = [
        migrations.AddField(
            model_name="packageentry",
            name="again",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.RemoveConstraint(model_name="packageentry", name="package_fact_draws_once"),
        migrations.AddConstraint(
            model_name="packageentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "drawn")),
                fields=("source_kind", "source_id", "again"),
                name="package_fact_draws_once",
            ),
        ),
        migrations.AlterField(
            model_name="price",
            name="basis",
            field=models.CharField(choices=BASES, max_length=5),
        ),
    ]
