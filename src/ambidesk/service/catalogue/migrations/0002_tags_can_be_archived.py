"""Tags go out of use without leaving the tickets that carry them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("catalogue", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="archived_at",
            field=models.DateTimeField(null=True, blank=True),
        ),
    ]
