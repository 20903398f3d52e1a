import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("routing", "0002_choices"),
        ("staff", "0008_absences_and_levels"),
        ("tickets", "0015_refused_writers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reasons", models.JSONField()),
                ("member", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.member")),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="staff.team")),
                ("ticket", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="offer", to="tickets.ticket")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "team"), name="routing_offer_once")],
            },
        ),
    ]
