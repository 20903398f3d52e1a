from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('brands', '0002_web_address'),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='zone',
            field=models.CharField(blank=True, max_length=60, verbose_name='Time zone'),
        ),
    ]
