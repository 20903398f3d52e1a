"""The addresses of SCIM."""

from django.urls import URLPattern

from ambidesk.edge.api.scim import discovery, groups, users
from ambidesk.edge.api.scim.door import View, behind
from ambidesk.ground.kernel.routes import Door, resource


def _declared(path: str, name: str, **views: View) -> URLPattern:
    guarded = {method: behind(view) for method, view in views.items()}
    return resource(f"scim/v2/{path}", right=Door.BEARER, name=f"scim-{name}", **guarded)


ONE_USER = {"GET": users.show, "PUT": users.put, "PATCH": users.change, "DELETE": users.remove}
ONE_GROUP = {"GET": groups.show, "PUT": groups.put, "PATCH": groups.change, "DELETE": groups.remove}

routes = [
    _declared("ServiceProviderConfig", "config", GET=discovery.config),
    _declared("ResourceTypes", "types", GET=discovery.types),
    _declared("ResourceTypes/<str:name>", "type", GET=discovery.one_type),
    _declared("Schemas", "schemas", GET=discovery.schemas),
    _declared("Schemas/<str:name>", "schema", GET=discovery.schema),
    _declared("Users", "users", GET=users.show_all, POST=users.make),
    _declared("Users/<str:user>", "user", **ONE_USER),
    _declared("Groups", "groups", GET=groups.show_all, POST=groups.make),
    _declared("Groups/<str:group>", "group", **ONE_GROUP),
]
