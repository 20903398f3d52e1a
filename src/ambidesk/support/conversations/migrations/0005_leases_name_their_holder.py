"""Deliveries say which process holds them, so that a dead one holds them no longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("conversations", "0004_messages_can_be_forwarded")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="leased_by",
            field=models.CharField(max_length=120, blank=True, default=""),
            preserve_default=False,
        ),
    ]
