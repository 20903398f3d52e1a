from django.db import migrations

# What was charged must stay what it was, whoever writes to the database: a mistake is taken back by
# lines of the opposite sign.
FORWARD = """
CREATE FUNCTION charges_charge_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'charges only grow' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER charges_charge_stays BEFORE UPDATE OR DELETE ON charges_charge
    FOR EACH ROW EXECUTE FUNCTION charges_charge_stays();
"""
BACKWARD = """
DROP TRIGGER charges_charge_stays ON charges_charge;
DROP FUNCTION charges_charge_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("charges", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
