from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there were consents: shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"consents.note", "consents.manage", "people.export"},
    "team_lead": {"consents.note"},
    "operator": {"consents.note"},
}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0009_rights_of_joins")]
    operations = [grant(ADDED)]
