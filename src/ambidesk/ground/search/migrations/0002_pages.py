from django.db import migrations

FORWARD = """
CREATE TABLE search_shelf (
    shelf varchar(20) NOT NULL,
    language varchar(8) NOT NULL,
    pages bigint NOT NULL,
    titles bigint NOT NULL,
    headings bigint NOT NULL,
    bodies bigint NOT NULL,
    keywords bigint NOT NULL,
    PRIMARY KEY (shelf, language)
);

CREATE TABLE search_page (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shelf varchar(20) NOT NULL,
    key bigint NOT NULL,
    language varchar(8) NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    print text NOT NULL,
    titles integer NOT NULL,
    headings integer NOT NULL,
    bodies integer NOT NULL,
    keywords integer NOT NULL,
    heading_lengths integer[] NOT NULL,
    UNIQUE (shelf, key, language)
);

-- Where each word of a page stands; few pages have a word often, so places stay short.
CREATE TABLE search_posting (
    term text COLLATE "C" NOT NULL,
    page bigint NOT NULL REFERENCES search_page (id) ON DELETE CASCADE,
    titles integer NOT NULL,
    headings integer NOT NULL,
    bodies integer NOT NULL,
    keywords integer NOT NULL,
    heading_numbers integer[] NOT NULL,
    places integer[] NOT NULL,
    PRIMARY KEY (term, page)
);
CREATE INDEX search_posting_page ON search_posting (page);

-- On how many pages a word stands. Sorted by bytes: the beginning of a word is a range.
CREATE TABLE search_term (
    shelf varchar(20) NOT NULL,
    term text COLLATE "C" NOT NULL,
    pages bigint NOT NULL,
    PRIMARY KEY (shelf, term)
);
CREATE INDEX search_term_alike ON search_term USING gin (term gin_trgm_ops);

CREATE TABLE search_synonym (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shelf varchar(20) NOT NULL,
    words text[] NOT NULL CHECK (cardinality(words) BETWEEN 2 AND 20)
);
CREATE INDEX search_synonym_shelf ON search_synonym (shelf);
"""

BACKWARD = """
DROP TABLE search_synonym;
DROP TABLE search_term;
DROP TABLE search_posting;
DROP TABLE search_page;
DROP TABLE search_shelf;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
