"""Addresses of companies in the workspace."""

from ambidesk.edge.web.workspace.companies import (
    changing,
    company,
    entitling,
    listing,
    mapping,
    own,
    site,
    stewards,
    structure,
    trusting,
)
from ambidesk.ground.kernel.routes import Door, resource
from ambidesk.parties.authority.rights import AuthorityRight
from ambidesk.parties.companies.rights import CompaniesRight

SEE, MANAGE = CompaniesRight.SEE, CompaniesRight.MANAGE
GRANT = AuthorityRight.GRANT
COMPANY = "companies/<int:company>"


routes = [
    resource("companies/", right=SEE, name="companies", GET=listing.show),
    resource("companies/map", right=SEE, name="companies-map", GET=mapping.show),
    resource("companies/map/points", right=SEE, name="companies-points", GET=mapping.points),
    resource(
        "companies/new",
        right=MANAGE,
        name="company-new",
        GET=changing.profile,
        POST=changing.profile,
    ),
    resource(COMPANY, right=SEE, name="company", GET=company.show),
    resource(f"{COMPANY}/map", right=SEE, name="company-map", GET=mapping.show),
    resource(f"{COMPANY}/map/points", right=SEE, name="company-points", GET=mapping.points),
    resource(
        f"{COMPANY}/profile",
        right=MANAGE,
        name="company-profile",
        GET=changing.profile,
        POST=changing.profile,
    ),
    resource(f"{COMPANY}/archive", right=MANAGE, name="company-archive", POST=company.retire),
    resource(
        f"{COMPANY}/entities/new",
        right=MANAGE,
        name="entity-new",
        GET=changing.new_entity,
        POST=changing.new_entity,
    ),
    resource(
        "entities/<int:entity>",
        right=MANAGE,
        name="entity",
        GET=changing.entity,
        POST=changing.entity,
    ),
    resource(
        f"{COMPANY}/fields",
        right=MANAGE,
        name="company-fields",
        GET=own.of_company,
        POST=own.of_company,
    ),
    resource(
        "sites/<int:site>/fields",
        right=MANAGE,
        name="site-fields",
        GET=own.of_site,
        POST=own.of_site,
    ),
    resource(
        "contacts/<int:contact>/fields",
        right=MANAGE,
        name="contact-fields",
        GET=own.of_contact,
        POST=own.of_contact,
    ),
    resource(f"{COMPANY}/structure", right=SEE, name="company-structure", GET=structure.show),
    resource(
        f"{COMPANY}/territories/new",
        right=MANAGE,
        name="territory-new",
        GET=structure.new_territory,
        POST=structure.new_territory,
    ),
    resource(
        "territories/<int:territory>",
        right=MANAGE,
        name="territory",
        GET=structure.territory,
        POST=structure.territory,
    ),
    resource(
        f"{COMPANY}/departments/new",
        right=MANAGE,
        name="department-new",
        GET=structure.new_department,
        POST=structure.new_department,
    ),
    resource(
        "departments/<int:department>",
        right=MANAGE,
        name="department",
        GET=structure.department,
        POST=structure.department,
    ),
    resource(
        f"{COMPANY}/sites/new",
        right=MANAGE,
        name="site-new",
        GET=changing.new_site,
        POST=changing.new_site,
    ),
    resource("sites/<int:site>", right=SEE, name="site", GET=site.show),
    resource(
        "sites/<int:site>/place",
        right=MANAGE,
        name="site-place",
        GET=changing.place,
        POST=changing.place,
    ),
    resource(
        f"{COMPANY}/contacts/new",
        right=MANAGE,
        name="contact-new",
        GET=changing.new_contact,
        POST=changing.new_contact,
    ),
    resource(
        "contacts/<int:contact>",
        right=MANAGE,
        name="contact",
        GET=changing.contact,
        POST=changing.contact,
    ),
    resource(
        f"{COMPANY}/stewards/new",
        right=MANAGE,
        name="steward-new",
        GET=stewards.ask,
        POST=stewards.ask,
    ),
    resource(
        "stewards/<int:steward>",
        right=MANAGE,
        name="steward",
        GET=stewards.change,
        POST=stewards.change,
    ),
    resource("staff/<int:member>/photo", right=Door.SIGNED_IN, name="photo", GET=stewards.photo),
    resource(
        "contacts/<int:contact>/authorities",
        right=GRANT,
        name="contact-authorities",
        GET=entitling.show,
    ),
    resource(
        "contacts/<int:contact>/authorities/new",
        right=GRANT,
        name="authority-new",
        GET=entitling.ask,
        POST=entitling.grant,
    ),
    resource(
        "contacts/<int:contact>/invitation",
        right=GRANT,
        name="contact-invitation",
        POST=entitling.invite,
    ),
    resource(
        "contacts/<int:contact>/sharing",
        right=GRANT,
        name="contact-sharing",
        POST=entitling.share,
    ),
    resource(
        "authorities/<int:authority>",
        right=GRANT,
        name="authority",
        GET=entitling.look,
        POST=entitling.change,
    ),
    resource(
        "authorities/<int:authority>/end",
        right=GRANT,
        name="authority-end",
        POST=entitling.withdraw,
    ),
    resource(f"{COMPANY}/domains", right=GRANT, name="company-domains", POST=trusting.trust),
    resource("domains/<int:domain>/end", right=GRANT, name="domain-end", POST=trusting.forget),
]
