from django.db import migrations

# Desks set up before there were queues: the shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"routing.take", "routing.lead", "routing.manage"},
    "team_lead": {"routing.take", "routing.lead"},
    "operator": {"routing.take"},
}


def give(apps, schema_editor):
    Role = apps.get_model("reach", "Role")
    for key, rights in ADDED.items():
        for role in Role.objects.filter(key=key):
            role.rights = sorted({*role.rights, *rights})
            role.save(update_fields=["rights"])


def take(apps, schema_editor):
    Role = apps.get_model("reach", "Role")
    for key, rights in ADDED.items():
        for role in Role.objects.filter(key=key):
            role.rights = sorted({*role.rights} - rights)
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    dependencies = [("wiring", "0001_shipped_roles")]
    operations = [migrations.RunPython(give, take)]
