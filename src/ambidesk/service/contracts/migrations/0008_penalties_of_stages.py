from django.db import migrations, models

GOALS = [
    ("first_response", "First response"),
    ("next_response", "Next response"),
    ("resolution", "Resolution"),
    ("stage", "Stage"),
]


class Migration(migrations.Migration):

    dependencies = [("contracts", "0007_mark_ups")]

    operations = [
        migrations.AlterField(
            model_name="penaltyrule",
            name="goal",
            field=models.CharField(choices=GOALS, max_length=14),
        ),
        migrations.AddField(
            model_name="penaltyrule",
            name="stages",
            field=models.CharField(blank=True, db_default="", default="", max_length=30),
        ),
    ]
