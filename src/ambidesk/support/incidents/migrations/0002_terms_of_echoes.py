"""What each ticket of a swarm bears; since when there is any past no longer counts."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):

    dependencies = [("incidents", "0001_initial")]

    operations = [
        migrations.AddField(
            "echo",
            "terms",
            django.contrib.postgres.fields.ArrayField(models.BigIntegerField(), default=list),
        ),
        # Taken back, the past begins now.
        migrations.AlterField("memory", "since", models.DateTimeField(default=timezone.now)),
        migrations.RemoveField("memory", "since"),
    ]
