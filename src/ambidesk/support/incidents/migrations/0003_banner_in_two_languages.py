"""A banner has words in both languages; an answer to all can be stopped where its author may not."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("incidents", "0002_terms_of_echoes")]

    operations = [
        migrations.RemoveConstraint("incident", "incident_banner_says_since_when"),
        migrations.RenameField("incident", "banner", "banner_ru"),
        migrations.AlterField(
            "incident",
            "banner_ru",
            models.CharField("Banner in Russian", blank=True, max_length=300),
        ),
        migrations.AddField(
            "incident",
            "banner_en",
            models.CharField("Banner in English", blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "incident",
            models.CheckConstraint(
                condition=Q(banner_ru="", banner_en="", banner_since=None)
                | (~Q(banner_ru="", banner_en="") & Q(banner_since__isnull=False)),
                name="incident_banner_says_since_when",
            ),
        ),
        migrations.AlterField(
            "broadcast",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Can still be taken back"),
                    ("sent", "Sent"),
                    ("withdrawn", "Taken back"),
                    ("stopped", "Not sent: its author may not do so any more"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
    ]
