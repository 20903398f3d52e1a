from django.db import migrations

# What was signed, drawn or decided must stay what it was, whoever writes to the database: of an
# active version only the end may come earlier, of a decision only the words may be blanked.
FORWARD = """
CREATE FUNCTION contracts_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.activated_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - 'until_on' = to_jsonb(OLD) - 'until_on'
       AND (NEW.until_on IS NOT DISTINCT FROM OLD.until_on
            OR (NEW.until_on IS NOT NULL
                AND (OLD.until_on IS NULL OR NEW.until_on < OLD.until_on))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an active version of a contract never changes' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER contracts_version_stays BEFORE UPDATE OR DELETE ON contracts_version
    FOR EACH ROW EXECUTE FUNCTION contracts_version_stays();

CREATE FUNCTION contracts_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
    IF NOT EXISTS (SELECT FROM contracts_version
                    WHERE id = version AND activated_at IS NOT NULL) THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - 'during' = to_jsonb(OLD) - 'during'
       AND (to_jsonb(NEW) ->> 'during')::daterange <@ (to_jsonb(OLD) ->> 'during')::daterange
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an active version of a contract never changes' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER contracts_part_stays BEFORE INSERT OR UPDATE OR DELETE ON contracts_line
    FOR EACH ROW EXECUTE FUNCTION contracts_part_stays();
CREATE TRIGGER contracts_part_stays BEFORE INSERT OR UPDATE OR DELETE ON contracts_promised
    FOR EACH ROW EXECUTE FUNCTION contracts_part_stays();
CREATE TRIGGER contracts_part_stays BEFORE INSERT OR UPDATE OR DELETE ON contracts_price
    FOR EACH ROW EXECUTE FUNCTION contracts_part_stays();
CREATE TRIGGER contracts_part_stays BEFORE INSERT OR UPDATE OR DELETE ON contracts_penaltyrule
    FOR EACH ROW EXECUTE FUNCTION contracts_part_stays();

CREATE FUNCTION contracts_package_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.agreed_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an agreed package never changes' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER contracts_package_stays BEFORE UPDATE OR DELETE ON contracts_package
    FOR EACH ROW EXECUTE FUNCTION contracts_package_stays();

CREATE FUNCTION contracts_ledger_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.words = ''
       AND to_jsonb(NEW) - 'words' = to_jsonb(OLD) - 'words' AND TG_TABLE_NAME LIKE '%decision'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER contracts_ledger_grows BEFORE UPDATE OR DELETE ON contracts_packageentry
    FOR EACH ROW EXECUTE FUNCTION contracts_ledger_grows();
CREATE TRIGGER contracts_ledger_grows BEFORE UPDATE OR DELETE ON contracts_decision
    FOR EACH ROW EXECUTE FUNCTION contracts_ledger_grows();
"""
BACKWARD = """
DROP TRIGGER contracts_ledger_grows ON contracts_decision;
DROP TRIGGER contracts_ledger_grows ON contracts_packageentry;
DROP FUNCTION contracts_ledger_grows();
DROP TRIGGER contracts_package_stays ON contracts_package;
DROP FUNCTION contracts_package_stays();
DROP TRIGGER contracts_part_stays ON contracts_penaltyrule;
DROP TRIGGER contracts_part_stays ON contracts_price;
DROP TRIGGER contracts_part_stays ON contracts_promised;
DROP TRIGGER contracts_part_stays ON contracts_line;
DROP FUNCTION contracts_part_stays();
DROP TRIGGER contracts_version_stays ON contracts_version;
DROP FUNCTION contracts_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
