from django.db import migrations

# What a question needs of a page to rank it lies beside its word, in one index that is read alone:
# thousands of pages that have a frequent word need not be looked up for the few that are shown.
FORWARD = """
ALTER TABLE search_shelf ALTER COLUMN language TYPE varchar(8) COLLATE "C";
ALTER TABLE search_page ALTER COLUMN language TYPE varchar(8) COLLATE "C";
ALTER TABLE search_posting
    ADD COLUMN shelf varchar(20),
    ADD COLUMN key bigint,
    ADD COLUMN language varchar(8) COLLATE "C",
    ADD COLUMN title_length integer,
    ADD COLUMN heading_length integer,
    ADD COLUMN body_length integer,
    ADD COLUMN keyword_length integer;
UPDATE search_posting AS posting
   SET shelf = page.shelf, key = page.key, language = page.language, title_length = page.titles,
       heading_length = page.headings, body_length = page.bodies, keyword_length = page.keywords
  FROM search_page AS page WHERE page.id = posting.page;
ALTER TABLE search_posting
    ALTER COLUMN shelf SET NOT NULL,
    ALTER COLUMN key SET NOT NULL,
    ALTER COLUMN language SET NOT NULL,
    ALTER COLUMN title_length SET NOT NULL,
    ALTER COLUMN heading_length SET NOT NULL,
    ALTER COLUMN body_length SET NOT NULL,
    ALTER COLUMN keyword_length SET NOT NULL,
    DROP CONSTRAINT search_posting_pkey,
    ADD PRIMARY KEY (shelf, term, page)
        INCLUDE (key, language, titles, headings, bodies, keywords,
                 title_length, heading_length, body_length, keyword_length);
"""
BACKWARD = """
ALTER TABLE search_posting DROP CONSTRAINT search_posting_pkey, ADD PRIMARY KEY (term, page);
ALTER TABLE search_posting
    DROP COLUMN shelf, DROP COLUMN key, DROP COLUMN language, DROP COLUMN title_length,
    DROP COLUMN heading_length, DROP COLUMN body_length, DROP COLUMN keyword_length;
ALTER TABLE search_page ALTER COLUMN language TYPE varchar(8) COLLATE "default";
ALTER TABLE search_shelf ALTER COLUMN language TYPE varchar(8) COLLATE "default";
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_synonyms_have_keys")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
