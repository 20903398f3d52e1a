from django.db import migrations

# What was reviewed and published stays what it was, whoever writes to the database.
FORWARD = """
CREATE FUNCTION knowledge_revision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a revision of an article never changes' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER knowledge_revision_stays BEFORE UPDATE ON knowledge_revision
    FOR EACH ROW EXECUTE FUNCTION knowledge_revision_stays();
"""
BACKWARD = """
DROP TRIGGER knowledge_revision_stays ON knowledge_revision;
DROP FUNCTION knowledge_revision_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
