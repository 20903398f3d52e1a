from django.db import migrations

# Desks set up before there were incidents: the shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"incidents.decide", "incidents.tell"},
    "team_lead": {"incidents.decide", "incidents.tell"},
    "operator": {"incidents.decide"},
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
    dependencies = [("wiring", "0002_rights_of_queues")]
    operations = [migrations.RunPython(give, take)]
