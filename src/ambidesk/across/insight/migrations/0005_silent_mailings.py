"""Mailings say since when nothing is sent, because their readers do not see it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("insight", "0004_reports_by_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportmailing",
            name="silent_since",
            field=models.DateTimeField(null=True),
        ),
    ]
