from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there were processes: shipped roles get what they hold on a new desk.
ADDED = {"administrator": {"workflow.draw"}, "team_lead": {"workflow.draw"}}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0014_rights_of_contracts")]
    operations = [grant(ADDED)]
