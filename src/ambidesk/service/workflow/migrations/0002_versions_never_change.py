from django.db import migrations

# What tickets go by must stay what it was, whoever writes to the database.
FORWARD = """
CREATE FUNCTION workflow_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version of a process never changes' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER workflow_version_stays BEFORE UPDATE OR DELETE ON workflow_processversion
    FOR EACH ROW EXECUTE FUNCTION workflow_version_stays();
"""
BACKWARD = """
DROP TRIGGER workflow_version_stays ON workflow_processversion;
DROP FUNCTION workflow_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
