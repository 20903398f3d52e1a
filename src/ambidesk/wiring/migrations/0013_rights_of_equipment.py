from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there was equipment: shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"assets.see", "assets.keep", "assets.decide"},
    "team_lead": {"assets.see", "assets.keep", "assets.decide"},
    "operator": {"assets.see", "assets.keep"},
    "reader": {"assets.see"},
}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0012_rights_of_companies")]
    operations = [grant(ADDED)]
