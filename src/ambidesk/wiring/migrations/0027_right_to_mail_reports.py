from django.db import migrations

from ambidesk.wiring.migrations._granting import grant

# Desks set up before: the shipped roles get what they hold on a new desk.
ADDED = {"administrator": {"insight.mail"}, "team_lead": {"insight.mail"}}


class Migration(migrations.Migration):
    dependencies = [("wiring", "0026_right_to_excuse_penalties")]
    operations = [grant(ADDED)]
