"""Fields of cards that have to say something."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("companies", "0003_own_fields_of_cards"),
        ("fields", "0001_fields_and_options"),
    ]

    operations = [
        migrations.AddField(
            model_name="card",
            name="needed",
            field=models.ManyToManyField(related_name="+", to="fields.definition"),
        ),
    ]
