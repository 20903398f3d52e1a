from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there were contracts: shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {
        "contracts.see",
        "contracts.manage",
        "contracts.overrule",
        "contracts.debts",
        "contracts.lift",
    },
    "team_lead": {"contracts.see", "contracts.overrule"},
    "operator": {"contracts.see"},
    "reader": {"contracts.see"},
}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0013_rights_of_equipment")]
    operations = [grant(ADDED)]
