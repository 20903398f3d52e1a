from django.db import migrations


# The verb asks for a reason; erasing a person blanks it afterwards.
class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_lines_for_equipment")]
    operations = [
        migrations.RemoveConstraint(model_name="decision", name="coverage_overruled_with_a_reason"),
    ]
