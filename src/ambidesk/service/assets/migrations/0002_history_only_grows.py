from django.db import migrations

# Whatever an asset showed and where it stood is a fact: whoever writes to the database adds to it.
# Of a repair the words, codes and costs follow; that it was, of what and when, stays.
FORWARD = """
CREATE FUNCTION assets_history_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER assets_history_grows BEFORE UPDATE OR DELETE ON assets_move
    FOR EACH ROW EXECUTE FUNCTION assets_history_grows();
CREATE TRIGGER assets_history_grows BEFORE UPDATE OR DELETE ON assets_reading
    FOR EACH ROW EXECUTE FUNCTION assets_history_grows();

CREATE FUNCTION assets_repair_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told text[] := ARRAY['mode_id', 'cause_id', 'remedy_id', 'note', 'cost', 'currency'];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - told = to_jsonb(OLD) - told THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a repair stays what it was' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER assets_repair_stays BEFORE UPDATE OR DELETE ON assets_repair
    FOR EACH ROW EXECUTE FUNCTION assets_repair_stays();
"""
BACKWARD = """
DROP TRIGGER assets_repair_stays ON assets_repair;
DROP FUNCTION assets_repair_stays();
DROP TRIGGER assets_history_grows ON assets_reading;
DROP TRIGGER assets_history_grows ON assets_move;
DROP FUNCTION assets_history_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("assets", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
