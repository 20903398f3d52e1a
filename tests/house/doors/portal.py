"""Doors of the client portal."""

from tests.house.doors.roles import CALLED, CLIENT, EVERYBODY, NOBODY, PORTAL, Who

PORTAL_DOORS: dict[str, Who | dict[str, Who]] = {
    "portal": PORTAL,
    "portal-kinds": PORTAL,
    "portal-new": PORTAL,
    "portal-request": CLIENT,
    "portal-acceptance": CLIENT,
    "portal-refusal": CLIENT,
    "portal-file": CLIENT,
    "portal-approval": CLIENT,
    # Only who shares a login has it: see tests/edge/web/portal/test_sharing.py.
    "portal-speaker": NOBODY,
    "portal-more": PORTAL,
    **dict.fromkeys(("portal-board", "portal-contracts", "portal-equipment"), PORTAL),
    "portal-figures": PORTAL,
    "portal-figures-requests": PORTAL,
    **dict.fromkeys(("portal-scan", "portal-search", "portal-articles"), PORTAL),
    # An article of the clients of one contract; one for everybody is for both.
    **dict.fromkeys(("portal-article", "portal-article-file"), CLIENT),
    **dict.fromkeys(("portal-asset", "portal-document"), CLIENT),
    "portal-team": PORTAL,
    "portal-photo": CLIENT,
    **dict.fromkeys(("portal-notifications", "portal-push-key"), PORTAL),
    "portal-push-subscription": PORTAL,
    "portal-unsubscription": EVERYBODY,
    "portal-colleagues": PORTAL,
    "portal-colleague": CLIENT,
    "portal-invitation": CLIENT,
    "portal-authorities": CLIENT,
    "portal-authority": CLIENT,
    "portal-authority-end": CLIENT,
    "portal-manifest": EVERYBODY,
    "portal-work": CALLED,
    "portal-work-file": CALLED,
    **dict.fromkeys(("portal-handover", "portal-handover-line", "portal-handover-result"), CALLED),
    **dict.fromkeys(("portal-handover-acceptance", "portal-handover-refusal"), CALLED),
    "portal-handover-return": CALLED,
}
