import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("insight", "0003_saved_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportMailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("every", models.CharField(choices=[("day", "Every day"), ("week", "Every week"), ("month", "Every month")], max_length=5)),
                ("day", models.PositiveSmallIntegerField(default=1)),
                ("clock", models.TimeField()),
                ("zone", models.CharField(max_length=64)),
                ("attached", models.CharField(blank=True, choices=[("", "None"), ("csv", "CSV file"), ("xlsx", "XLSX file")], max_length=4)),
                ("ends_on", models.DateField(null=True)),
                ("next_at", models.DateTimeField(db_index=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="mailings", to="insight.savedreport")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="report_mailings", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "user"), name="report_mailed_once"),
                    models.CheckConstraint(condition=models.Q(("day__gte", 1), ("day__lte", 31), models.Q(models.Q(("every", "week"), _negated=True), ("day__lte", 7), _connector="OR")), name="report_mailing_has_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turn_at", models.DateTimeField()),
                ("first", models.DateField()),
                ("until", models.DateField()),
                ("external_id", models.CharField(max_length=200, unique=True)),
                ("due_at", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("leased_by", models.CharField(blank=True, max_length=120)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                ("mailing", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="insight.reportmailing")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("given_up_at", None), ("sent_at", None)), fields=["due_at"], name="report_mail_due")],
                "constraints": [models.UniqueConstraint(fields=("mailing", "turn_at"), name="report_mail_once")],
            },
        ),
    ]
