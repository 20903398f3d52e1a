from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assets", "0002_history_only_grows")]
    operations = [
        migrations.AddField(
            model_name="document",
            name="for_clients",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
