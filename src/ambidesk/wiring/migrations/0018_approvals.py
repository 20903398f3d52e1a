"""Rights of approvals for shipped roles, and the wall before what clients were asked."""

from django.db import migrations

from ambidesk.ground.reach.walling import COMPANIES, closed, of_companies
from ambidesk.wiring.migrations._granting import grant

OPERATOR = {"approvals.ask", "approvals.note"}
ADDED = {
    "administrator": OPERATOR | {"approvals.set"},
    "team_lead": OPERATOR,
    "operator": OPERATOR,
}
OF_APPROVAL = "approval_id IN (SELECT id FROM approvals_approval)"


class Migration(migrations.Migration):
    dependencies = [("wiring", "0017_wall_of_companies"), ("approvals", "0001_initial")]
    operations = [
        grant(ADDED),
        of_companies("approvals_approval", f"company_id = ANY({COMPANIES})"),
        of_companies("approvals_asked", OF_APPROVAL),
        of_companies("approvals_answer", OF_APPROVAL),
        # What opens a link is read by nobody but the desk itself.
        closed("approvals_link"),
    ]
