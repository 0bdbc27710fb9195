"""Addresses of the gateway."""

from __future__ import annotations

from django.urls import include, path

from abdi.gateway import scim, scim_groups, views
from abdi.gateway.api import patterns
from abdi.gateway.views import hooks

app_name = "gateway"
urlpatterns = [
    path("atur/integrasi", views.integrations, name="integrations"),
    path("atur/integrasi/kunci", views.make_key, name="make_key"),
    path("atur/integrasi/kunci/<int:pk>/akhiri", views.revoke_key, name="revoke_key"),
    path("atur/integrasi/kait", hooks.make_hook, name="new_hook"),
    path("atur/integrasi/kait/<int:pk>", hooks.hook_page, name="hook"),
    path("atur/integrasi/kait/<int:pk>/uji", hooks.try_hook, name="try_hook"),
    path("atur/integrasi/kait/<int:pk>/rahasia", hooks.renew_secret, name="renew_secret"),
    path("atur/integrasi/kait/<int:pk>/sakelar", hooks.switch_hook, name="switch_hook"),
    path("atur/integrasi/kait/<int:pk>/kirim/<int:delivery>", hooks.send_again, name="send_again"),
    path("api", views.reference, name="reference"),
    path("api/v1/openapi.json", views.described, name="openapi"),
    path("api/v1/", include(patterns())),
    path("scim/v2/ServiceProviderConfig", scim.config, name="scim_config"),
    path("scim/v2/ResourceTypes", scim.resource_types, name="scim_types"),
    path("scim/v2/ResourceTypes/<str:name>", scim.resource_types, name="scim_type"),
    path("scim/v2/Schemas", scim.schemas, name="scim_schemas"),
    path("scim/v2/Schemas/<str:name>", scim.schemas, name="scim_schema"),
    path("scim/v2/Users", scim.users, name="scim_users"),
    path("scim/v2/Users/.search", scim.search_users, name="scim_search_users"),
    path("scim/v2/.search", scim_groups.search_all, name="scim_search"),
    path("scim/v2/Users/<int:pk>", scim.user, name="scim_user"),
    path("scim/v2/Groups", scim_groups.groups, name="scim_groups"),
    path("scim/v2/Groups/.search", scim_groups.search_groups, name="scim_search_groups"),
    path("scim/v2/Groups/<str:key>", scim_groups.group, name="scim_group"),
    path("scim/v2/<path:rest>", scim.nothing, name="scim_nothing"),
]
