from django.db import migrations

# What was worked, paid and used is put right by its reversal, never rewritten; when a person is
# erased the words beside it go.
FORWARD = """
CREATE FUNCTION works_fact_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.note = '' AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER works_fact_stays BEFORE UPDATE OR DELETE ON works_worklog
    FOR EACH ROW EXECUTE FUNCTION works_fact_stays();
CREATE TRIGGER works_fact_stays BEFORE UPDATE OR DELETE ON works_expense
    FOR EACH ROW EXECUTE FUNCTION works_fact_stays();
CREATE TRIGGER works_fact_stays BEFORE UPDATE OR DELETE ON works_partuse
    FOR EACH ROW EXECUTE FUNCTION works_fact_stays();
"""
BACKWARD = """
DROP TRIGGER works_fact_stays ON works_partuse;
DROP TRIGGER works_fact_stays ON works_expense;
DROP TRIGGER works_fact_stays ON works_worklog;
DROP FUNCTION works_fact_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("works", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
