from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0006_account_joins")]
    operations = [
        migrations.AddField("visitor", "mailed_until", models.DateTimeField(null=True)),
        # What went by mail before does not go again.
        migrations.RunSQL(
            "UPDATE channels_visitor SET mailed_until = now() WHERE mailed_id > 0",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("visitor", "mailed_id"),
    ]
