from django.db import migrations

# What runs name must stay what it was, whoever writes to the database.
FORWARD = """
CREATE FUNCTION automation_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a rule never changes' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER automation_version_stays BEFORE UPDATE OR DELETE ON automation_ruleversion
    FOR EACH ROW EXECUTE FUNCTION automation_version_stays();
"""
BACKWARD = """
DROP TRIGGER automation_version_stays ON automation_ruleversion;
DROP FUNCTION automation_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("automation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
