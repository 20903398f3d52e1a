from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]
    operations = [
        migrations.RemoveField(model_name="mailboxposition", name="known_until"),
        migrations.AddField(
            model_name="mailboxposition",
            name="attendant",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mailboxposition",
            name="attended_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="mailboxposition", name="last_uid", field=models.BigIntegerField(default=0)
        ),
        migrations.AlterField(
            model_name="mailboxposition", name="validity", field=models.BigIntegerField(default=0)
        ),
        migrations.AlterField(
            model_name="mailboxposition", name="read_at", field=models.DateTimeField(null=True)
        ),
    ]
