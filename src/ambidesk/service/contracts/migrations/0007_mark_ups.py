from django.db import migrations, models

BASES = [
    ("hour", "an hour"),
    ("visit", "a visit"),
    ("unit", "a unit"),
    ("point", "a point"),
    ("fixed", "the whole request"),
    ("line", "each entry of work"),
    ("parts", "parts: their cost and so many % more"),
    ("costs", "expenses: their cost and so many % more"),
]


class Migration(migrations.Migration):

    dependencies = [("contracts", "0006_stages")]

    operations = [
        migrations.AlterField(
            model_name="price",
            name="basis",
            field=models.CharField(choices=BASES, max_length=5),
        ),
    ]
