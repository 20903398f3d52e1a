from django.db import migrations

# Desks set up before there were scripts: the shipped roles get what they hold on a new desk.
ADDED = {
    "administrator": {"scripts.run", "scripts.write"},
    "team_lead": {"scripts.run", "scripts.write"},
    "operator": {"scripts.run"},
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
    dependencies = [("wiring", "0004_rights_of_figures_and_surveys")]
    operations = [migrations.RunPython(give, take)]
