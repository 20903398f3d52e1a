"""Discovery: what this desk understands of SCIM. Source: RFC 7643, 5 to 7."""

from typing import Any, Final

from django.http import Http404, HttpResponse

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.scim.describing import USER
from ambidesk.edge.api.scim.errors import said
from ambidesk.edge.api.scim.groups import GROUP
from ambidesk.edge.api.scim.lists import AT_ONCE, address, bundle

CONFIG: Final = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
TYPE: Final = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
SCHEMA: Final = "urn:ietf:params:scim:schemas:core:2.0:Schema"


def config(_call: Call) -> HttpResponse:
    """Say what is supported."""
    no = {"supported": False}
    return said(
        {
            "schemas": [CONFIG],
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": AT_ONCE},
            "changePassword": no,
            "sort": no,
            "etag": {"supported": True},
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "Bearer token",
                    "description": "A key of the desk with the scope staff:provision.",
                    "primary": True,
                }
            ],
            "meta": _meta("ServiceProviderConfig", "ServiceProviderConfig"),
        }
    )


def types(_call: Call) -> HttpResponse:
    """List the kinds of resources."""
    return said(bundle(list(TYPES.values()), total=len(TYPES)))


def one_type(_call: Call, name: str) -> HttpResponse:
    """Describe a kind of resources."""
    return _one(TYPES, name)


def schemas(_call: Call) -> HttpResponse:
    """List what resources are made of."""
    return said(bundle(list(SCHEMAS.values()), total=len(SCHEMAS)))


def schema(_call: Call, name: str) -> HttpResponse:
    """Describe what one is made of."""
    return _one(SCHEMAS, name)


def _one(known: dict[str, dict[str, Any]], name: str) -> HttpResponse:
    if name not in known:
        raise Http404
    return said(known[name])


def _meta(kind: str, *place: str) -> dict[str, str]:
    return {"resourceType": kind, "location": address(*place)}


def _type(name: str, endpoint: str, schema: str) -> dict[str, Any]:
    return {
        "schemas": [TYPE],
        "id": name,
        "name": name,
        "endpoint": f"/{endpoint}",
        "schema": schema,
        "meta": _meta("ResourceType", "ResourceTypes", name),
    }


def _attribute(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    usual = {
        "multiValued": False,
        "required": False,
        "caseExact": False,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "none",
    }
    return {"name": name, "type": kind, **usual, **more}


def _schema(urn: str, name: str, attributes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schemas": [SCHEMA],
        "id": urn,
        "name": name,
        "attributes": attributes,
        "meta": _meta("Schema", "Schemas", urn),
    }


VALUE, SHOWN = _attribute("value"), _attribute("display", mutability="readOnly")
REFERENCE = _attribute("$ref", "reference", mutability="readOnly", referenceTypes=["Group", "User"])
NAME = [_attribute("formatted"), _attribute("givenName"), _attribute("familyName")]
MAIL = [VALUE, _attribute("type"), _attribute("primary", "boolean")]
TYPES = {
    "User": _type("User", "Users", USER),
    "Group": _type("Group", "Groups", GROUP),
}
SCHEMAS = {
    USER: _schema(
        USER,
        "User",
        [
            _attribute("userName", required=True, uniqueness="server"),
            _attribute("externalId", caseExact=True),
            _attribute("name", "complex", subAttributes=NAME),
            _attribute("displayName"),
            _attribute("active", "boolean"),
            _attribute("emails", "complex", multiValued=True, subAttributes=MAIL),
            _attribute(
                "groups",
                "complex",
                multiValued=True,
                mutability="readOnly",
                subAttributes=[VALUE, SHOWN, REFERENCE],
            ),
        ],
    ),
    GROUP: _schema(
        GROUP,
        "Group",
        [
            _attribute("displayName", required=True),
            _attribute(
                "members", "complex", multiValued=True, subAttributes=[VALUE, SHOWN, REFERENCE]
            ),
        ],
    ),
}
