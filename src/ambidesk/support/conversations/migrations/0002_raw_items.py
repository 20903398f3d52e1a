from django.db import migrations, models

FORWARD = """
CREATE SEQUENCE conversations_intake_number AS bigint;

CREATE TABLE conversations_intake_item (
    id bigint NOT NULL DEFAULT nextval('conversations_intake_number'),
    channel_id bigint NOT NULL,
    external_key varchar(300) NOT NULL,
    raw bytea,
    digest varchar(64) NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    size_bytes bigint NOT NULL,
    envelope jsonb NOT NULL DEFAULT '{}',
    received_at timestamptz NOT NULL,
    state varchar(12) NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'done', 'quarantined', 'discarded')),
    attempts smallint NOT NULL DEFAULT 0,
    leased_until timestamptz,
    reason text NOT NULL DEFAULT '',
    PRIMARY KEY (id),
    CONSTRAINT intake_item_says_why CHECK (state <> 'quarantined' OR reason <> '')
) PARTITION BY RANGE (id);
ALTER SEQUENCE conversations_intake_number OWNED BY conversations_intake_item.id;

CREATE TABLE conversations_intake_item_0 PARTITION OF conversations_intake_item
    FOR VALUES FROM (MINVALUE) TO (1000000);
CREATE TABLE conversations_intake_item_1 PARTITION OF conversations_intake_item
    FOR VALUES FROM (1000000) TO (2000000);
CREATE TABLE conversations_intake_item_rest PARTITION OF conversations_intake_item DEFAULT;

CREATE INDEX intake_item_waiting ON conversations_intake_item (channel_id, id)
    WHERE state = 'waiting';
CREATE INDEX intake_item_quarantined ON conversations_intake_item (id)
    WHERE state = 'quarantined';
CREATE INDEX intake_item_digest ON conversations_intake_item (digest);
"""
BACKWARD = "DROP TABLE conversations_intake_item;"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FORWARD,
            BACKWARD,
            # The table is not Django's to manage; its state is told all the same.
            state_operations=[
                migrations.AddField(
                    "IntakeItem", "leased_until", models.DateTimeField(null=True)
                ),
            ],
        ),
    ]
