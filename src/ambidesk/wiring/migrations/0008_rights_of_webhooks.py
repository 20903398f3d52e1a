from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before there were webhooks: the administrator gets what the role holds on a new one.
ADDED = {"administrator": {"webhooks.manage"}}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0007_rights_of_rules")]
    operations = [grant(ADDED)]
