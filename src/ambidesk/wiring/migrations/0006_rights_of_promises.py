from django.db import migrations

# Desks set up before there were promises: administrators set them up as on a new one.
ADDED = {"administrator": {"sla.manage"}}


def give(apps, schema_editor):
    Role = apps.get_model("reach", "Role")
    for role in Role.objects.filter(key="administrator"):
        role.rights = sorted({*role.rights, *ADDED["administrator"]})
        role.save(update_fields=["rights"])


def take(apps, schema_editor):
    Role = apps.get_model("reach", "Role")
    for role in Role.objects.filter(key="administrator"):
        role.rights = sorted({*role.rights} - ADDED["administrator"])
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("wiring", "0005_rights_of_scripts")]
    operations = [migrations.RunPython(give, take)]
