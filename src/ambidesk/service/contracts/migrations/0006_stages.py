import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER contracts_part_stays BEFORE INSERT OR UPDATE OR DELETE ON contracts_stagepromise
    FOR EACH ROW EXECUTE FUNCTION contracts_part_stays();
"""
BACKWARD = "DROP TRIGGER contracts_part_stays ON contracts_stagepromise;"


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0005_facts_draw_anew"),
        ("sla", "0001_initial"),
        ("workflow", "0003_milestones"),
    ]
    operations = [
        migrations.CreateModel(
            name="StagePromise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clause", models.CharField(max_length=30)),
                ("stage", models.PositiveIntegerField(null=True)),
                ("work_minutes", models.PositiveIntegerField()),
                ("warning_minutes", models.PositiveIntegerField(null=True)),
                ("waits", models.BooleanField(default=False)),
                (
                    "calendar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sla.servicecalendar",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_promises",
                        to="contracts.line",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.process",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stage_promises",
                        to="contracts.version",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage", None), ("process__isnull", False), _connector="OR"),
                        name="promised_stage_is_of_a_process",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("work_minutes__gt", 0)),
                        name="promised_stage_takes_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("warning_minutes", None),
                            ("warning_minutes__lt", models.F("work_minutes")),
                            _connector="OR",
                        ),
                        name="promised_stage_warns_in_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
