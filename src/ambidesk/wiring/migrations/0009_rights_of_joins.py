from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before persons could be joined: who describes persons joins them, as on a new one.
ADDED = {key: {"people.join"} for key in ("administrator", "team_lead", "operator")}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0008_rights_of_webhooks")]
    operations = [grant(ADDED)]
