"""Addresses of sign-in by a company's provider; wired only with the extra `company`."""

from ambidesk.edge.web.ui.account.company import entering
from ambidesk.ground.kernel.routes import Door, resource

COMPANY = "account/company/<slug:provider>"

urlpatterns = [
    resource(f"{COMPANY}/", right=Door.PUBLIC, name="company-begin", POST=entering.begin),
    resource(
        f"{COMPANY}/answer/",
        right=Door.PUBLIC,
        name="company-answer",
        GET=entering.ask,
        POST=entering.finish,
    ),
    # From the provider's page: it only holds what came for a page of our own.
    resource(
        f"{COMPANY}/assertion/", right=Door.OPEN, name="company-assertion", POST=entering.receive
    ),
    resource(
        f"{COMPANY}/metadata/", right=Door.PUBLIC, name="company-metadata", GET=entering.describe
    ),
]
