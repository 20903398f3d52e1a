from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

FORWARD = """
CREATE TABLE search_entry (
    sort varchar(20) NOT NULL,
    id bigint NOT NULL,
    whole bigint NOT NULL,
    at timestamptz NOT NULL,
    words tsvector NOT NULL,
    PRIMARY KEY (sort, id)
);
CREATE INDEX search_entry_words ON search_entry USING gin (words)
    WITH (fastupdate = on, gin_pending_list_limit = 512);
CREATE INDEX search_entry_at ON search_entry (sort, at);

-- Sorted by bytes, so that the beginning of a word is a range of the key.
CREATE TABLE search_lexeme (
    lexeme text COLLATE "C" PRIMARY KEY
);
CREATE INDEX search_lexeme_alike ON search_lexeme USING gin (lexeme gin_trgm_ops);
"""

BACKWARD = """
DROP TABLE search_lexeme;
DROP TABLE search_entry;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [TrigramExtension(), migrations.RunSQL(FORWARD, BACKWARD)]
