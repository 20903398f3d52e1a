"""Addresses of the audit trail."""

from ambidesk.edge.web.settings.audit.show import download, show
from ambidesk.ground.kernel.routes import resource
from ambidesk.ground.reach.rights import ReachRight

AUDIT_ROUTES = [
    resource("audit/", right=ReachRight.AUDIT, name="settings-audit", GET=show),
    resource("audit/audit.csv", right=ReachRight.AUDIT, name="settings-audit-csv", GET=download),
]
