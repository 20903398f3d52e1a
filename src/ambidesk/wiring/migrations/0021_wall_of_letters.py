"""Letters hold links to come in: no client reads them."""

from django.db import migrations

from ambidesk.ground.reach.walling import closed


class Migration(migrations.Migration):
    """Closed altogether."""

    dependencies = [("wiring", "0020_wall_of_contractors"), ("authority", "0002_letters")]

    operations = [closed("authority_letter")]
