"""Fields of classes of equipment that have to say something."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("assets", "0004_hours_of_repairs"),
        ("fields", "0001_fields_and_options"),
    ]

    operations = [
        migrations.AddField(
            model_name="assetclass",
            name="needed",
            field=models.ManyToManyField(related_name="+", to="fields.definition"),
        ),
    ]
