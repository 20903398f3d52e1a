"""
Walling: SQL for migrations that put a table behind the wall.

Its owner, as whom the desk works, is not asked by policies; any other role but the one of clients
sees everything, so that a web part under a role of its own serves staff as before.
"""

from typing import Final

from django.db import migrations

from ambidesk.ground.reach.wall import ROLE, SETTING, TAKING

# The companies of whoever reads; without any nothing is theirs.
COMPANIES: Final = f"string_to_array(nullif(current_setting('{SETTING}', true), ''), ',')::bigint[]"
# Whoever may not make roles has no wall: `doctor` says so, and with which words to have one.
RAISE: Final = f"""
DO $$
DECLARE here text := quote_ident(current_schema());
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ambidesk_client') THEN
        BEGIN
            CREATE ROLE ambidesk_client NOLOGIN NOINHERIT;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'ambidesk_client', {TAKING}) THEN
        EXECUTE format('GRANT ambidesk_client TO %I', current_user);
    END IF;
    EXECUTE 'GRANT USAGE ON SCHEMA ' || here || ' TO ambidesk_client';
    EXECUTE 'GRANT SELECT ON ALL TABLES IN SCHEMA ' || here || ' TO ambidesk_client';
    EXECUTE 'ALTER DEFAULT PRIVILEGES IN SCHEMA ' || here
            || ' GRANT SELECT ON TABLES TO ambidesk_client';
EXCEPTION WHEN insufficient_privilege OR undefined_object THEN
    RAISE NOTICE 'no role ambidesk_client';
END
$$
"""
LOWER: Final = """
DO $$
DECLARE here text := quote_ident(current_schema());
BEGIN
    EXECUTE 'ALTER DEFAULT PRIVILEGES IN SCHEMA ' || here
            || ' REVOKE SELECT ON TABLES FROM ambidesk_client';
    EXECUTE 'REVOKE SELECT ON ALL TABLES IN SCHEMA ' || here || ' FROM ambidesk_client';
    EXECUTE 'REVOKE USAGE ON SCHEMA ' || here || ' FROM ambidesk_client';
EXCEPTION WHEN undefined_object THEN
    NULL;
END
$$
"""
CLOSE: Final = """
DO $$
BEGIN
    REVOKE ALL ON {table} FROM {role};
EXCEPTION WHEN undefined_object THEN
    NULL;
END
$$
"""


def of_companies(table: str, condition: str) -> migrations.RunSQL:
    """Let clients read just the rows for which the condition holds; it may say COMPANIES."""
    name = f"{table}_of_companies"
    staff = f"current_user <> '{ROLE}'"
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"""
            CREATE POLICY {name} ON {table} FOR ALL TO PUBLIC
             USING ({staff} OR ({condition})) WITH CHECK ({staff})
            """,
        ],
        [f"DROP POLICY {name} ON {table}", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"],
    )


def closed(table: str) -> migrations.RunSQL:
    """Keep a table from clients altogether."""
    opened = CLOSE.replace("REVOKE ALL", "GRANT SELECT").replace("FROM", "TO")
    return migrations.RunSQL(
        CLOSE.format(table=table, role=ROLE), opened.format(table=table, role=ROLE)
    )
