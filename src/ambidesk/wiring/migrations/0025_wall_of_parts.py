"""How we share work out among ourselves is nobody's business outside."""

from django.db import migrations

from ambidesk.ground.reach.walling import closed


class Migration(migrations.Migration):
    """Closed altogether."""

    dependencies = [("wiring", "0024_wall_of_vendors"), ("handovers", "0003_parts_of_tickets")]

    operations = [closed("handovers_part")]
