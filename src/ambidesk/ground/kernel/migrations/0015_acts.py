"""The audit trail leaves out what the desk does with each file and request by itself."""

from django.db import migrations

# The same words stand in journal/auditing.py: a partial index is used where its condition is.
INDEX = """
DROP INDEX journal_entry_audit;
CREATE INDEX journal_entry_audit ON journal_entry (at, sequence)
 WHERE origin <> 'import'
   AND (subject_kind NOT IN ({kinds})
        OR kind IN ('people.erased', 'privacy.exported'));
"""
DAILY = "'ticket', 'person', 'intake_item', 'promise', 'batch', 'asset'"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0014_audit")]
    operations = [
        migrations.RunSQL(
            INDEX.format(kinds=f"{DAILY}, 'blob', 'coverage'"), INDEX.format(kinds=DAILY)
        )
    ]
