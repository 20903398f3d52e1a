from django.db import migrations, models

GOALS = [
    ("first_response", "First response"),
    ("next_response", "Next response"),
    ("resolution", "Resolution"),
    ("stage", "Stage"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("charges", "0005_mark_ups"),
        ("contracts", "0008_penalties_of_stages"),
    ]

    operations = [
        migrations.AlterField(
            model_name="penalty",
            name="goal",
            field=models.CharField(choices=GOALS, max_length=14),
        ),
        migrations.AlterField(
            model_name="excusal",
            name="goal",
            field=models.CharField(choices=GOALS, max_length=14),
        ),
    ]
