from django.db import migrations

# Desks set up before there were figures and surveys: shipped roles get what they hold on a new one.
ADDED = {
    "administrator": {"insight.see", "feedback.manage"},
    "team_lead": {"insight.see", "feedback.manage"},
    "reader": {"insight.see"},
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
    dependencies = [("wiring", "0003_rights_of_incidents")]
    operations = [migrations.RunPython(give, take)]
