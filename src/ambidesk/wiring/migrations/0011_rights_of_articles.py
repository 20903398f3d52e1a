from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there were articles: shipped roles get what they hold on a new desk.
WRITES = {"knowledge.read", "knowledge.write"}
LEADS = {*WRITES, "knowledge.review", "knowledge.publish"}
ADDED = {
    "administrator": LEADS,
    "team_lead": LEADS,
    "operator": WRITES,
    "reader": {"knowledge.read"},
}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0010_rights_of_consents")]
    operations = [grant(ADDED)]
