"""What the SCIM interface says of itself (RFC 7643): its schemas, its types, what it can."""

from __future__ import annotations

from typing import Any, Final

CORE: Final = "urn:ietf:params:scim:schemas:core:2.0:"
MESSAGES: Final = "urn:ietf:params:scim:api:messages:2.0:"
USER: Final = CORE + "User"
GROUP: Final = CORE + "Group"
MOST: Final = 200


def _attribute(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": name,
        "required": False,
        "caseExact": True,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "none",
    }
    return row | more


SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    USER: {
        "name": "User",
        "description": "An account",
        "attributes": [
            _attribute("userName", required=True, uniqueness="server"),
            _attribute("displayName", mutability="readOnly"),
            _attribute("active", "boolean", required=True),
            _attribute(
                "emails",
                "complex",
                multiValued=True,
                subAttributes=[_attribute("value", caseExact=False)],
            ),
        ],
    },
    GROUP: {
        "name": "Group",
        "description": "A group of a directory, which opens nothing, or a role, given in Abdi",
        "attributes": [
            _attribute("displayName", required=True, uniqueness="server"),
            _attribute(
                "members",
                "complex",
                multiValued=True,
                subAttributes=[
                    _attribute("value", mutability="immutable"),
                    _attribute(
                        "$ref", "reference", mutability="immutable", referenceTypes=["User"]
                    ),
                ],
            ),
        ],
    },
}
TYPES: Final = {"User": ("/Users", USER), "Group": ("/Groups", GROUP)}


def schema(identifier: str, root: str) -> dict[str, Any]:
    """A schema as it is published."""
    return {
        "schemas": [CORE + "Schema"],
        "id": identifier,
        **SCHEMAS[identifier],
        "meta": {"resourceType": "Schema", "location": f"{root}/Schemas/{identifier}"},
    }


def resource_type(name: str, root: str) -> dict[str, Any]:
    """A resource type as it is published."""
    place, identifier = TYPES[name]
    return {
        "schemas": [CORE + "ResourceType"],
        "id": name,
        "name": name,
        "description": SCHEMAS[identifier]["description"],
        "endpoint": place,
        "schema": identifier,
        "meta": {"resourceType": "ResourceType", "location": f"{root}/ResourceTypes/{name}"},
    }


def config(root: str) -> dict[str, Any]:
    """What the interface can do."""
    return {
        "schemas": [CORE + "ServiceProviderConfig"],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": MOST},
        "changePassword": {"supported": False},
        "sort": {"supported": False},
        "etag": {"supported": True},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "Bearer",
                "description": "A key of this institution",
                "primary": True,
            }
        ],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": f"{root}/ServiceProviderConfig",
        },
    }
