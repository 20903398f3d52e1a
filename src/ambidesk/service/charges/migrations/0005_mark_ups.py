from django.db import migrations, models

WHYS = [
    ("ordinary", "by the price"),
    ("night", "at night"),
    ("weekend", "at the weekend"),
    ("holiday", "on a holiday"),
    ("rounding", "rounded up"),
    ("minimum", "up to the least amount"),
    ("covered", "covered by the contract"),
    ("limit", "above the limit of the request"),
    ("included", "in the price of the request"),
    ("cost", "as it cost"),
    ("markup", "mark-up"),
    ("unpriced", "no price was agreed on"),
]


class Migration(migrations.Migration):

    dependencies = [("charges", "0004_penalties_can_be_excused")]

    operations = [
        migrations.AlterField(
            model_name="charge",
            name="why",
            field=models.CharField(choices=WHYS, max_length=8),
        ),
    ]
