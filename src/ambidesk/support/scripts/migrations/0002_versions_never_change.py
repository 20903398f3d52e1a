from django.db import migrations

# What runs began on must stay what it was, whoever writes to the database.
FORWARD = """
CREATE FUNCTION scripts_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version of a script never changes' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER scripts_version_stays BEFORE UPDATE OR DELETE ON scripts_version
    FOR EACH ROW EXECUTE FUNCTION scripts_version_stays();
"""
BACKWARD = """
DROP TRIGGER scripts_version_stays ON scripts_version;
DROP FUNCTION scripts_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("scripts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
