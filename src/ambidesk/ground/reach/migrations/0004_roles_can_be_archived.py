"""Roles that nobody holds go out of use, and come back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("reach", "0003_enter_sends_in_chats")]

    operations = [
        migrations.AddField(
            model_name="role",
            name="archived_at",
            field=models.DateTimeField(null=True, blank=True),
        ),
    ]
