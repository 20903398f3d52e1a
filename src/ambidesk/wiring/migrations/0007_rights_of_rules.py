from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there were rules: the administrator gets what the role holds on a new desk.
ADDED = {"administrator": {"automation.manage"}}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0006_rights_of_promises")]
    operations = [grant(ADDED)]
