"""
Who may enter which route: one line a route, or one for each of its methods.

Objects in the addresses are the shop's and Olga's; `other` works for the other brand.
"""

ROLES = ("anonymous", "reader", "operator", "other", "lead", "administrator")
Who = frozenset[str]

EVERYBODY: Who = frozenset(ROLES)
NOBODY: Who = frozenset()
STAFF = EVERYBODY - {"anonymous"}
OWNER: Who = frozenset({"operator"})
ADMINISTRATOR: Who = frozenset({"administrator"})
LEADS = ADMINISTRATOR | {"lead"}
# Lists show each their own; objects of the shop are closed to the other brand.
LISTS = STAFF
SHOP = STAFF - {"other"}
WORKERS = STAFF - {"reader"}
SHOP_WORKERS = SHOP - {"reader"}

MATRIX: dict[str, Who | dict[str, Who]] = {
    "health-live": EVERYBODY,
    "health-ready": EVERYBODY,
    "metrics": EVERYBODY,
    # Machines prove themselves by a secret; without one there is nothing here for anybody.
    "hooks": frozenset(),
    # Sign-in: where somebody is asked once more who they are, that is an answer too.
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "mfa_authenticate": EVERYBODY,
    "mfa_login_webauthn": EVERYBODY,
    "welcome": EVERYBODY,
    "access": EVERYBODY,
    "account_reauthenticate": STAFF,
    "account_change_password": STAFF,
    "mfa_reauthenticate": STAFF,
    "mfa_reauthenticate_webauthn": STAFF,
    "mfa_index": STAFF,
    "mfa_activate_totp": STAFF,
    "mfa_deactivate_totp": OWNER,
    "mfa_add_webauthn": STAFF,
    "mfa_edit_webauthn": STAFF,
    "mfa_remove_webauthn": STAFF,
    "codes": STAFF,
    "profile": STAFF,
    "profile-session-end": OWNER,
    "profile-sessions-end": STAFF,
    # Whoever has the link of a survey answers it.
    "survey": EVERYBODY,
    "survey-score": EVERYBODY,
    "survey-comment": EVERYBODY,
    "survey-refusal": EVERYBODY,
    # Figures: of own brands, for who leads and who reads.
    "figures": LEADS | {"reader"},
    "figures-csv": LEADS | {"reader"},
    "figures-tickets": LEADS | {"reader"},
    "board": LEADS | {"reader"},
    "board-now": LEADS | {"reader"},
    # The widget: nobody of the staff, and no page but a listed one; see tests of its door.
    "widget-script": EVERYBODY,
    "widget": NOBODY,
    "widget-banner": NOBODY,
    "widget-visit": NOBODY,
    "widget-talk": NOBODY,
    "widget-words": NOBODY,
    "widget-typing": NOBODY,
    "widget-reading": NOBODY,
    "widget-sight": NOBODY,
    "widget-files": NOBODY,
    "widget-file": NOBODY,
    "widget-transcript": NOBODY,
    "widget-moves": NOBODY,
    "widget-rating": NOBODY,
    "widget-stream": NOBODY,
    # Settings.
    "settings": LEADS,
    **{
        f"settings-{noun}{part}": who
        for who, nouns in {
            ADMINISTRATOR: (
                "brands",
                "channels",
                "widgets",
                "teams",
                "queues",
                "calendars",
                "policies",
                "skills",
                "staff",
                "roles",
            ),
            LEADS: ("categories", "macros", "scripts", "tags", "types", "templates", "surveys"),
        }.items()
        for noun in nouns
        for part in ("", "-new", "-one", "-archive")
    },
    "settings-surveys-results": LEADS,
    "settings-weights": ADMINISTRATOR,
    "settings-channels-test": ADMINISTRATOR,
    "settings-widgets-secret": ADMINISTRATOR,
    **{
        f"settings-messengers{part}": ADMINISTRATOR
        for part in ("", "-kinds", "-new", "-one", "-archive", "-test")
    },
    "settings-templates-preview": LEADS,
    "settings-scripts-check": LEADS,
    "settings-scripts-rehearsal": LEADS,
    "settings-scripts-vocabulary": LEADS,
    "settings-scripts-going": LEADS,
    "settings-problems": LEADS,
    "settings-problems-count": LEADS,
    "settings-problems-again": LEADS,
    "settings-problems-end": LEADS,
    "settings-problems-original": LEADS,
    "settings-problems-release": ADMINISTRATOR,
    "settings-staff-link": ADMINISTRATOR,
    "settings-staff-factors": ADMINISTRATOR,
    # Workspace.
    "home": STAFF,
    "inbox": LISTS,
    "inbox-counts": LISTS,
    "views": LISTS,
    "view": OWNER,
    "view-preview": LISTS,
    "batches": WORKERS,
    "batch": OWNER,
    "batch-choices": WORKERS,
    "batch-undoing": OWNER,
    "notices": LISTS,
    "notices-count": LISTS,
    "notice-preferences": LISTS,
    "push-key": LISTS,
    "push-subscription": LISTS,
    "service-worker": EVERYBODY,
    "reminders": LISTS,
    "reminder-completion": OWNER,
    "ticket-following": SHOP,
    "ticket-colleagues": SHOP_WORKERS,
    "ticket-reminders": SHOP_WORKERS,
    "ticket-path": SHOP,
    "ticket-promises": SHOP,
    "ticket-escalation": SHOP_WORKERS,
    "ticket-return": SHOP_WORKERS,
    "callers": WORKERS,
    "caller": WORKERS,
    "queue-bar": WORKERS,
    "queue-next": WORKERS,
    "queue-status": WORKERS,
    "incidents": WORKERS,
    "incidents-count": WORKERS,
    "incident": SHOP_WORKERS,
    "incident-acceptance": SHOP_WORKERS,
    "incident-dismissal": SHOP_WORKERS,
    "incident-tickets": SHOP_WORKERS,
    "incident-ticket": SHOP_WORKERS,
    "incident-banner": LEADS,
    "incident-answers": LEADS,
    "incident-broadcast": LEADS,
    "incident-closure": LEADS,
    "load": LEADS,
    "load-moves": LEADS,
    "load-people": LEADS,
    "forecast": LEADS,
    "search": LISTS,
    "ticket-new": WORKERS,
    "ticket": SHOP,
    "ticket-sight": SHOP,
    "ticket-choices": SHOP_WORKERS,
    "ticket-acceptance": SHOP_WORKERS,
    "ticket-party": SHOP_WORKERS,
    "ticket-account": SHOP_WORKERS,
    "ticket-invitations": SHOP_WORKERS,
    "ticket-neighbours": SHOP_WORKERS,
    "ticket-upload": SHOP_WORKERS,
    "ticket-closure": SHOP_WORKERS,
    "ticket-solution": SHOP_WORKERS,
    "ticket-state": SHOP_WORKERS,
    "ticket-snooze": SHOP_WORKERS,
    "ticket-assignment": SHOP_WORKERS,
    "ticket-priority": SHOP_WORKERS,
    "ticket-category": SHOP_WORKERS,
    "ticket-type": SHOP_WORKERS,
    "ticket-subject": SHOP_WORKERS,
    "ticket-tags": SHOP_WORKERS,
    "ticket-tag": SHOP_WORKERS,
    "ticket-notes": SHOP_WORKERS,
    "ticket-macros": SHOP_WORKERS,
    "ticket-macro": SHOP_WORKERS,
    "ticket-macro-preview": SHOP_WORKERS,
    "ticket-scripts": SHOP_WORKERS,
    "ticket-script": SHOP_WORKERS,
    "ticket-run": SHOP_WORKERS,
    "ticket-run-steps": SHOP_WORKERS,
    "ticket-run-preview": SHOP_WORKERS,
    "ticket-merge": SHOP_WORKERS,
    "ticket-split": SHOP_WORKERS,
    "ticket-move": SHOP_WORKERS,
    "ticket-regrouping": SHOP_WORKERS,
    "ticket-links": SHOP_WORKERS,
    "ticket-link": SHOP_WORKERS,
    "ticket-answers": SHOP_WORKERS,
    "ticket-answer": SHOP_WORKERS,
    "ticket-forwards": SHOP_WORKERS,
    "ticket-delivery": SHOP_WORKERS,
    "ticket-uploads": SHOP_WORKERS,
    "ticket-templates": SHOP_WORKERS,
    "ticket-draft": SHOP,
    "ticket-presence": SHOP,
    "message-frame": SHOP,
    "message-source": SHOP,
    "file": SHOP,
    "person": {"GET": SHOP, "POST": SHOP_WORKERS},
    "person-erasure": ADMINISTRATOR,
}
# Routes that lead nowhere yet: each is taken out of here by whoever builds it.
NOT_YET: set[str] = set()
# Nothing of these nouns can be archived.
for noun in ("queues",):
    del MATRIX[f"settings-{noun}-archive"]


def who_may(route: str, method: str) -> Who:
    """The roles that may enter a route by a method."""
    line = MATRIX[route]
    return line[method] if isinstance(line, dict) else line
