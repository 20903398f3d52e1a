"""Boxes: addresses that belong to an office and not to a human being."""

# Local parts before a plus sign, a point or a number: info, info2, sales.moscow, no-reply.
ROLES = frozenset(
    """
    abuse account accounting accounts admin administration administrator ahd alert alerts
    billing booking bookkeeping buh buhgalter buhgalteriya business buyer buyers callcenter
    career careers chief client clients company contact contacts contracts corp customer
    customers customerservice delivery desk dir director dispatch dispatcher dispetcher dogovor
    donotreply enquiries enquiry event events export fax feedback finance frontdesk general
    glavbuh hello help helpdesk hi hostmaster hotline hr import inbox info inform information
    inquiries invoice invoices it jobs kadry kassa kontakt legal list logist logistic logistics
    magazin mail mailbox mailer mailerdaemon manager managers market marketing media newsletter
    noc noreply notification notifications notify office official online operations operator
    order orders otdel partner partners payments pochta post postmaster pr press pressa priem
    priemnaya privacy procurement purchase purchasing reception reklama remont requests
    reservations resume retail root rop sale sales sbyt secretar secretary security sekretar
    service services servis shop site sklad smm snab snabzhenie spam staff store subscribe
    supply support tech technical tender tenders test ticket tickets torg travel unsubscribe
    vacancy warehouse web webmaster website welcome work yurist zakaz zakazy zakupki zayavka
    """.split()
)


def is_role_box(email: str) -> bool:
    """Tell whether the address is an office's by its name."""
    local = email.partition("@")[0].partition("+")[0].lower()
    joined = local.replace("-", "").replace("_", "")
    first = local.replace("-", ".").replace("_", ".").partition(".")[0]
    return joined.strip("0123456789.") in ROLES or first.strip("0123456789") in ROLES
