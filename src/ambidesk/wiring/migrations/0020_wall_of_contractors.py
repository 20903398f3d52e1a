"""What a contractor reads, the database cuts to what was handed over to their company."""

from django.db import migrations

from ambidesk.ground.reach.walling import COMPANIES, of_companies

OWN = f"company_id = ANY({COMPANIES})"
HANDED = "handover_id IN (SELECT id FROM handovers_handover)"
# What a contractor still has to do with: see support.handovers.rules.standing.
SHOWN = "standing IN ('offered', 'accepted', 'done', 'taken')"


def handed_over(table: str, column: str) -> migrations.RunSQL:
    """Show a row of another company's to those to whom something about it is handed over."""
    name = f"{table}_handed_over"
    condition = f"id IN (SELECT {column} FROM handovers_handover WHERE {SHOWN})"  # noqa: S608 ours
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON {table} FOR SELECT TO PUBLIC USING ({condition})",
        f"DROP POLICY {name} ON {table}",
    )


class Migration(migrations.Migration):
    """Policies add up: a row is read if one of them lets it be."""

    dependencies = [
        ("wiring", "0019_rights_of_contractors"),
        ("contractors", "0001_initial"),
        ("handovers", "0001_initial"),
    ]

    operations = [
        of_companies("contractors_contractor", OWN),
        of_companies("handovers_handover", OWN),
        of_companies("handovers_round", HANDED),
        of_companies("handovers_word", HANDED),
        of_companies(
            "handovers_handoverfile", "word_id IN (SELECT id FROM handovers_word)"
        ),
        handed_over("companies_site", "site_id"),
        handed_over("assets_asset", "asset_id"),
    ]
