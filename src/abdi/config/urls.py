"""Addresses: each module mounts its own at the root; Indonesian, lower case, hyphens."""

from __future__ import annotations

from django.urls import URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from abdi.config.routing import ByFirstWord
from abdi.platform import health

MODULES = (
    "platform.pages",
    "portal",
    "imports",
    "people",
    "letters",
    "presence",
    "rights",
    "survey",
    "competence",
    "duty",
    "training",
    "reports",
    "workload",
    "performance",
    "culture",
    "integrity",
    "insight",
    "gateway",
)


def _mounted() -> list[URLResolver]:
    from importlib import import_module
    from importlib.util import find_spec

    found = []
    for name in MODULES:
        if find_spec(f"abdi.{name}") is None:
            continue
        package = import_module(f"abdi.{name}")
        if module_has_submodule(package, "urls"):
            found.append(path("", include(f"abdi.{name}.urls")))
    return found


urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("health/deep", health.deep, name="health_deep"),
    ByFirstWord(_mounted()),
]
handler404 = "abdi.platform.pages.errors.not_found"
handler403 = "abdi.platform.pages.errors.forbidden"
handler400 = "abdi.platform.pages.errors.bad_request"
handler500 = "abdi.platform.pages.errors.server_error"
