from django.db import migrations

FORWARD = """
CREATE UNLOGGED TABLE ephemeral_value (
    key varchar(400) PRIMARY KEY, value jsonb NOT NULL, expires_at timestamptz NOT NULL
);
CREATE UNLOGGED TABLE ephemeral_counter (
    key varchar(400) PRIMARY KEY, number bigint NOT NULL, expires_at timestamptz NOT NULL
);
CREATE UNLOGGED TABLE ephemeral_presence (
    place varchar(120) NOT NULL, who bigint NOT NULL, doing jsonb NOT NULL,
    expires_at timestamptz NOT NULL, PRIMARY KEY (place, who)
);
CREATE INDEX ephemeral_value_expiry ON ephemeral_value (expires_at);
CREATE INDEX ephemeral_counter_expiry ON ephemeral_counter (expires_at);
CREATE INDEX ephemeral_presence_expiry ON ephemeral_presence (expires_at);
"""
BACKWARD = "DROP TABLE ephemeral_value, ephemeral_counter, ephemeral_presence;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_journal")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
