"""Accounts of clients, and the role as which the database knows what their requests read."""

from django.db import migrations, models

from ambidesk.ground.reach.walling import LOWER, RAISE


class Migration(migrations.Migration):
    """One column and one role."""

    dependencies = [("reach", "0005_keys_of_machines")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_client",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.RunSQL(RAISE, LOWER),
    ]
