from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authority", "0002_letters")]
    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("swept_to", models.DateTimeField()),
            ],
        ),
    ]
