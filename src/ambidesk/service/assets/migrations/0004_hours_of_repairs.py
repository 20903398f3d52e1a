from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assets", "0003_papers_for_clients")]
    operations = [
        migrations.AddField(
            model_name="repair",
            name="labour_minutes",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
