"""Doors of the settings."""

from tests.house.doors.roles import ADMINISTRATOR, LEADS, OWNER, STAFF, WORKERS, Who

SETTINGS: dict[str, Who | dict[str, Who]] = {
    # Whoever works here enters when they are away.
    "settings": STAFF,
    **{
        f"settings-{noun}{part}": who
        for who, nouns in {
            ADMINISTRATOR: (
                "brands",
                "channels",
                "incoming",
                "webforms",
                "widgets",
                "teams",
                "queues",
                "calendars",
                "policies",
                "hints",
                "rules",
                "providers",
                "skills",
                "staff",
                "roles",
                "webhooks",
                "keys",
            ),
            LEADS: (
                "assetclasses",
                "assetmodels",
                "failurecodes",
                "categories",
                "contractors",
                "fields",
                "macros",
                "processes",
                "scripts",
                "tags",
                "types",
                "templates",
                "surveys",
                "synonyms",
                "topics",
            ),
        }.items()
        for noun in nouns
        for part in ("", "-new", "-one", "-archive")
    },
    "settings-contracts": ADMINISTRATOR,
    "settings-contracts-new": ADMINISTRATOR,
    "settings-contracts-one": ADMINISTRATOR,
    "settings-contracts-debts": ADMINISTRATOR,
    "settings-contracts-debts-file": ADMINISTRATOR,
    "settings-contracts-penalties": ADMINISTRATOR,
    "settings-contracts-stopped": ADMINISTRATOR,
    "settings-contracts-draft": ADMINISTRATOR,
    "settings-contracts-drop": ADMINISTRATOR,
    "settings-contracts-packages": ADMINISTRATOR,
    "settings-contracts-renewal": ADMINISTRATOR,
    "settings-contracts-termination": ADMINISTRATOR,
    "settings-contracts-stops": ADMINISTRATOR,
    "settings-contracts-lifting": ADMINISTRATOR,
    "settings-clients": LEADS,
    "settings-clients-file": LEADS,
    "settings-surveys-results": LEADS,
    "settings-mastery": ADMINISTRATOR,
    "settings-weights": ADMINISTRATOR,
    "settings-channels-test": ADMINISTRATOR,
    **{
        f"settings-{noun}{part}": ADMINISTRATOR
        for noun in ("approvals", "consents", "retention")
        for part in ("", "-new", "-one")
    },
    "settings-retention-switch": ADMINISTRATOR,
    "settings-widgets-secret": ADMINISTRATOR,
    **{f"settings-webhooks-{part}": ADMINISTRATOR for part in ("secret", "test", "lost", "call")},
    **{
        f"settings-messengers{part}": ADMINISTRATOR
        for part in ("", "-kinds", "-new", "-one", "-archive", "-test")
    },
    "settings-templates-preview": LEADS,
    "settings-types-preview": LEADS,
    "settings-rules-order": ADMINISTRATOR,
    "settings-rules-trials": ADMINISTRATOR,
    "settings-rules-trial": ADMINISTRATOR,
    "settings-rules-trial-stop": ADMINISTRATOR,
    "settings-rules-switch": ADMINISTRATOR,
    "settings-rules-runs": ADMINISTRATOR,
    "settings-processes-check": LEADS,
    "settings-scripts-check": LEADS,
    "settings-scripts-rehearsal": LEADS,
    "settings-scripts-vocabulary": LEADS,
    "settings-scripts-going": LEADS,
    **dict.fromkeys(("settings-audit", "settings-audit-csv"), ADMINISTRATOR),
    "settings-problems": LEADS,
    "settings-problems-count": LEADS,
    "settings-problems-again": LEADS,
    "settings-problems-end": LEADS,
    "settings-problems-original": LEADS,
    "settings-problems-release": ADMINISTRATOR,
    "settings-staff-link": ADMINISTRATOR,
    "settings-choosing": ADMINISTRATOR,
    "settings-successions": WORKERS,
    "settings-successions-undo": LEADS | OWNER,
    "settings-absences": STAFF,
    "settings-absences-new": {"GET": STAFF, "POST": STAFF},
    "settings-absences-one": LEADS | OWNER,
    "settings-absences-end": LEADS | OWNER,
    "settings-staff-presentation": ADMINISTRATOR,
    "settings-keys-revocation": ADMINISTRATOR,
    "settings-staff-factors": ADMINISTRATOR,
}
