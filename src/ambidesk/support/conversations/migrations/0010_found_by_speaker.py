"""What somebody said through a shared login is found when they are erased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A small index: few messages have a speaker."""

    dependencies = [("conversations", "0009_speakers")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("speaker__isnull", False)),
                fields=["speaker"],
                name="message_of_speaker",
            ),
        ),
    ]
