from django.db import migrations

FORWARD = """
CREATE TABLE journal_epoch (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    epoch integer NOT NULL
);
INSERT INTO journal_epoch (epoch) VALUES (1);

CREATE SEQUENCE journal_sequence AS bigint;

CREATE TABLE journal_entry (
    sequence bigint NOT NULL DEFAULT nextval('journal_sequence'),
    epoch integer NOT NULL,
    xid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    at timestamptz NOT NULL,
    actor_kind varchar(10) NOT NULL,
    actor_id bigint,
    origin varchar(6) NOT NULL CHECK (origin IN ('live', 'import', 'demo')),
    kind varchar(60) NOT NULL,
    version integer NOT NULL DEFAULT 1,
    subject_kind varchar(30) NOT NULL,
    subject_id bigint NOT NULL,
    data jsonb NOT NULL,
    PRIMARY KEY (sequence)
) PARTITION BY RANGE (sequence);
ALTER SEQUENCE journal_sequence OWNED BY journal_entry.sequence;

CREATE TABLE journal_entry_0 PARTITION OF journal_entry FOR VALUES FROM (MINVALUE) TO (10000000);
CREATE TABLE journal_entry_1 PARTITION OF journal_entry FOR VALUES FROM (10000000) TO (20000000);
CREATE TABLE journal_entry_rest PARTITION OF journal_entry DEFAULT;

CREATE INDEX journal_entry_position ON journal_entry (epoch, xid, sequence);
CREATE INDEX journal_entry_subject ON journal_entry (subject_kind, subject_id, sequence);

CREATE FUNCTION journal_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_rewriting();
CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_rewriting();
"""

BACKWARD = """
DROP TABLE journal_entry;
DROP FUNCTION journal_refuse_rewriting();
DROP TABLE journal_epoch;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
