from django.db import migrations

# Vectors lie in plain arrays: the tables stand, and are restored, also where pgvector is absent.
FORWARD = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS vector SCHEMA public;
EXCEPTION WHEN OTHERS THEN NULL;  -- not there, or not ours to create: ambidesk doctor tells
END $$;
CREATE TABLE search_meaning (
    page bigint PRIMARY KEY REFERENCES search_page (id) ON DELETE CASCADE,
    model varchar(120) NOT NULL,
    vector real[] NOT NULL
);
CREATE INDEX search_meaning_model ON search_meaning (model);
"""
BACKWARD = "DROP TABLE search_meaning"


class Migration(migrations.Migration):
    dependencies = [("search", "0002_pages")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
