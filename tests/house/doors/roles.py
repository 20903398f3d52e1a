"""Who knocks: the roles, and the groups of them that doors are for."""

CLIENTS = frozenset({"client", "stranger"})
# Somebody of a company to which a stage of the chain's request is handed over.
CALLED = frozenset({"contractor"})
STRANGERS = CLIENTS | CALLED
ROLES = ("anonymous", "reader", "operator", "other", "lead", "administrator", *sorted(STRANGERS))
Who = frozenset[str]

EVERYBODY: Who = frozenset(ROLES)
NOBODY: Who = frozenset()
SIGNED = EVERYBODY - {"anonymous"}
STAFF = SIGNED - STRANGERS
# The portal: lists show each their own; objects of a company are closed to the other one.
PORTAL: Who = CLIENTS
CLIENT: Who = frozenset({"client"})
OWNER: Who = frozenset({"operator"})
ADMINISTRATOR: Who = frozenset({"administrator"})
LEADS = ADMINISTRATOR | {"lead"}
# Lists show each their own; objects of the shop are closed to the other brand.
LISTS = STAFF
SHOP = STAFF - {"other"}
WORKERS = STAFF - {"reader"}
SHOP_WORKERS = SHOP - {"reader"}
