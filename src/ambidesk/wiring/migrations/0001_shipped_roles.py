from django.db import migrations

from ambidesk.wiring.joining import join
from ambidesk.wiring.roles import shipped


def make(apps, schema_editor):
    join()
    Role = apps.get_model("reach", "Role")
    for key, (name, rights) in shipped().items():
        Role.objects.get_or_create(key=key, defaults={"name": name, "rights": sorted(rights)})


def unmake(apps, schema_editor):
    apps.get_model("reach", "Role").objects.filter(key__in=shipped(), grants=None).delete()


class Migration(migrations.Migration):
    dependencies = [("reach", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
