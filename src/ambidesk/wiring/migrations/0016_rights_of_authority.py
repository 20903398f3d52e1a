from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before contacts could sign in: shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"authority.grant"},
    "team_lead": {"authority.grant"},
}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0015_rights_of_processes")]
    operations = [grant(ADDED)]
