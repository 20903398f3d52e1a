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
    ("unpriced", "no price was agreed on"),
]


# Parts and expenses are charged as they cost, without a price rule.
class Migration(migrations.Migration):
    dependencies = [
        ("charges", "0002_what_was_charged_stays"),
        ("contracts", "0005_facts_draw_anew"),
    ]
    operations = [
        migrations.AlterField(
            model_name="charge",
            name="why",
            field=models.CharField(choices=WHYS, max_length=8),
        ),
        migrations.AlterField(
            model_name="charge",
            name="quantity",
            field=models.DecimalField(decimal_places=4, max_digits=14),
        ),
        migrations.AlterField(
            model_name="charge",
            name="each",
            field=models.DecimalField(decimal_places=4, max_digits=17),
        ),
        migrations.RemoveConstraint(model_name="charge", name="charge_names_its_rule"),
        migrations.AddConstraint(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price__isnull", False),
                    models.Q(("amount", 0), ("why", "unpriced")),
                    ("why__in", ("cost", "covered", "limit")),
                    _connector="OR",
                ),
                name="charge_names_its_rule",
            ),
        ),
    ]
