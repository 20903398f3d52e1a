"""What we say with vendors by mail and claim from them is nobody's business outside."""

from django.db import migrations

from ambidesk.ground.reach.walling import closed


class Migration(migrations.Migration):
    """Closed altogether: a vendor by mail has no portal, a contractor sees no claims."""

    dependencies = [
        ("wiring", "0023_rights_of_absences"),
        ("handovers", "0002_vendors_by_mail"),
    ]

    operations = [closed("handovers_claim"), closed("handovers_correspondence")]
