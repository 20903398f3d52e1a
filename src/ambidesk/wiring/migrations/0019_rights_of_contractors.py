from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before contractors: shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"contractors.manage"},
    "team_lead": {"contractors.manage"},
}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0018_approvals")]
    operations = [grant(ADDED)]
