"""Indexes by which the journal is read as an audit trail: by time, by who acted."""

from django.db import migrations

# The same words stand in journal/auditing.py: a partial index is used where its condition is.
FORWARD = """
CREATE INDEX journal_entry_audit ON journal_entry (at, sequence)
 WHERE origin <> 'import'
   AND (subject_kind NOT IN ('ticket', 'person', 'intake_item', 'promise', 'batch', 'asset')
        OR kind IN ('people.erased', 'privacy.exported'));
CREATE INDEX journal_entry_actor ON journal_entry (actor_kind, actor_id, at, sequence)
 WHERE origin <> 'import' AND actor_kind IN ('user', 'api_key', 'contact');
"""
BACKWARD = "DROP INDEX journal_entry_audit; DROP INDEX journal_entry_actor;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0013_jobs")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
