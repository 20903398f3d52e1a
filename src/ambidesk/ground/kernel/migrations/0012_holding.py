from django.db import migrations

FORWARD = """
CREATE TABLE outbox_hold (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    since timestamptz NOT NULL
);
"""
BACKWARD = "DROP TABLE outbox_hold;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0011_problems_and_readings")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
