import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0001_initial"),
        ("contracts", "0001_initial"),
        ("knowledge", "0005_synonyms"),
    ]
    operations = [
        migrations.AddField(
            model_name="article",
            name="asset_models",
            field=models.ManyToManyField(blank=True, related_name="+", to="assets.assetmodel"),
        ),
        migrations.AddField(
            model_name="article",
            name="asset_classes",
            field=models.ManyToManyField(blank=True, related_name="+", to="assets.assetclass"),
        ),
        migrations.AddField(
            model_name="article",
            name="contracts",
            field=models.ManyToManyField(blank=True, related_name="+", to="contracts.contract"),
        ),
        migrations.AddField(
            model_name="article",
            name="industries",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80), blank=True, default=list, size=None
            ),
        ),
    ]
