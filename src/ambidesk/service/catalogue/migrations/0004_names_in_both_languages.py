"""Request types have a name in each language; the one they had is that of its letters."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def give_languages(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take each name for one of the language whose letters it has."""
    rows = apps.get_model("catalogue", "RequestType").objects
    rows.filter(name__regex="[А-Яа-яЁё]").update(name_ru=F("name"))
    rows.filter(name_ru="").update(name_en=F("name"))


class Migration(migrations.Migration):
    """Two columns."""

    dependencies = [("catalogue", "0003_forms_of_types")]

    operations = [
        migrations.AddField(
            model_name="requesttype",
            name="name_en",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
        migrations.AddField(
            model_name="requesttype",
            name="name_ru",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
        # The one name stays as it was, so going back loses nothing but the other language.
        migrations.RunPython(give_languages, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="requesttype",
            constraint=models.UniqueConstraint(
                condition=models.Q(("name_en", ""), _negated=True),
                fields=("name_en",),
                name="request_type_name_en_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="requesttype",
            constraint=models.UniqueConstraint(
                condition=models.Q(("name_ru", ""), _negated=True),
                fields=("name_ru",),
                name="request_type_name_ru_once",
            ),
        ),
    ]
