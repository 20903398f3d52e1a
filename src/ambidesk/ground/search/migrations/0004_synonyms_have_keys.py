from django.db import migrations

# Nobody could write synonyms before this: there is nothing to carry over.
FORWARD = """
DELETE FROM search_synonym;
DROP INDEX search_synonym_shelf;
ALTER TABLE search_synonym
    ADD COLUMN key bigint NOT NULL,
    ADD COLUMN terms text[] NOT NULL,
    ADD UNIQUE (shelf, key);
CREATE INDEX search_synonym_terms ON search_synonym USING gin (terms);
"""
BACKWARD = """
DROP INDEX search_synonym_terms;
ALTER TABLE search_synonym DROP COLUMN key, DROP COLUMN terms;
CREATE INDEX search_synonym_shelf ON search_synonym (shelf);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0003_meanings")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
