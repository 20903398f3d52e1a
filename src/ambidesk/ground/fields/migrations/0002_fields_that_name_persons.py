"""A field can be one that names a person."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fields', '0001_fields_and_options'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='definition',
            name='definition_has_a_kind',
        ),
        migrations.AlterField(
            model_name='definition',
            name='kind',
            field=models.CharField(choices=[('text', 'Short text'), ('long', 'Long text'), ('whole', 'Whole number'), ('decimal', 'Decimal number'), ('money', 'Money'), ('yes', 'Yes or no'), ('choice', 'One choice'), ('several', 'Several choices'), ('tree', 'Choice from a tree'), ('day', 'Date'), ('instant', 'Date and time'), ('email', 'E-mail address'), ('phone', 'Phone number'), ('link', 'Link'), ('person', 'Person')], max_length=10, verbose_name='Kind'),
        ),
        migrations.AddConstraint(
            model_name='definition',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['text', 'long', 'whole', 'decimal', 'money', 'yes', 'choice', 'several', 'tree', 'day', 'instant', 'email', 'phone', 'link', 'person'])), name='definition_has_a_kind'),
        ),
    ]
