from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("routing", "0003_offers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="engagement",
            index=models.Index(condition=models.Q(("active_since__isnull", False)), fields=["member"], name="engagement_active"),
        ),
    ]
