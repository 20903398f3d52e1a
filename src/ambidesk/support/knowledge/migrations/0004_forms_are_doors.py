from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_pictures_have_sizes")]
    operations = [
        migrations.AlterField(
            model_name="reading",
            name="door",
            field=models.CharField(
                choices=[
                    ("centre", "Help centre"),
                    ("widget", "Widget"),
                    ("form", "Web form"),
                ],
                max_length=6,
            ),
        ),
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(fields=["at"], name="knowledge_ask_at"),
        ),
    ]
