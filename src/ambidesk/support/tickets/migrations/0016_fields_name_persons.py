"""A custom field can name a person."""

import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fields', '0002_fields_that_name_persons'),
        ('people', '0003_names_alike'),
        ('tickets', '0015_refused_writers'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='fieldvalue',
            name='field_value_in_one_column',
        ),
        migrations.AddField(
            model_name='fieldvalue',
            name='person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddIndex(
            model_name='fieldvalue',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['definition', 'person', 'ticket'], name='field_value_person'),
        ),
        migrations.AddIndex(
            model_name='fieldvalue',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person'], name='field_value_of_person'),
        ),
        migrations.AddConstraint(
            model_name='fieldvalue',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func('words', 'number', 'is_yes', 'day', 'instant', 'option', 'person', function='num_nonnulls', output_field=models.IntegerField()), 1), name='field_value_in_one_column'),
        ),
    ]
