import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_forms_are_doors")]
    operations = [
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["words", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words__len__gte", 2), ("words__len__lte", 20)),
                        name="knowledge_synonym_has_words",
                    )
                ],
            },
        ),
    ]
