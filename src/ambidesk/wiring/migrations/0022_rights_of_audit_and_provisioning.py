from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before the audit trail was on a screen: administrators hold what a new desk gives.
ADDED = {"administrator": {"reach.audit", "staff.provision"}}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0021_wall_of_letters")]
    operations = [grant(ADDED)]
