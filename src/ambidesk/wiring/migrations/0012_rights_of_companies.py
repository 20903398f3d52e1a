from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there were companies: shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"companies.see", "companies.manage"},
    "team_lead": {"companies.see", "companies.manage"},
    "operator": {"companies.see"},
    "reader": {"companies.see"},
}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0011_rights_of_articles")]
    operations = [grant(ADDED)]
