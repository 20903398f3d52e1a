"""What clients read of tickets, messages and files, the database cuts to their companies too."""

from django.db import migrations

from ambidesk.ground.reach.walling import COMPANIES, closed, of_companies

OWN = f"company_id = ANY({COMPANIES})"
# Filings are cut by their tickets, and those by their company: each wall leans on the one below.
FILED = """EXISTS (SELECT FROM tickets_filing filing
                    WHERE filing.message_id = {id} AND filing.withdrawn_at IS NULL)"""


class Migration(migrations.Migration):
    """Policies ask for the company only; the rest is a matter of reach."""

    dependencies = [
        ("wiring", "0016_rights_of_authority"),
        ("reach", "0006_accounts_of_clients"),
        ("companies", "0001_initial"),
        ("conversations", "0007_purpose_of_deliveries"),
        ("assets", "0001_initial"),
        ("authority", "0001_initial"),
        ("tickets", "0012_unknown_writers"),
    ]

    operations = [
        of_companies("companies_company", f"id = ANY({COMPANIES})"),
        of_companies("companies_site", OWN),
        of_companies("companies_territory", OWN),
        of_companies("companies_contact", OWN),
        of_companies("authority_authority", OWN),
        of_companies("assets_asset", OWN),
        # What belongs to a model only is for everybody who has one.
        of_companies(
            "assets_document",
            "asset_id IS NULL OR asset_id IN (SELECT id FROM assets_asset)",
        ),
        of_companies("tickets_ticket", OWN),
        of_companies("tickets_filing", "ticket_id IN (SELECT id FROM tickets_ticket)"),
        of_companies("tickets_fieldvalue", "ticket_id IN (SELECT id FROM tickets_ticket)"),
        of_companies("conversations_message", FILED.format(id="conversations_message.id")),
        of_companies("conversations_attachment", FILED.format(id="message_id")),
        # Whatever a query forgets, a client never reads what colleagues note among themselves.
        closed("tickets_note"),
        closed("reach_apikey"),
        closed("reach_attempt"),
        closed("staff_accesslink"),
        closed("conversations_intake_item"),
    ]
