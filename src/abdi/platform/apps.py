"""Start of the platform: finds every module's reactions, jobs, checks and named rules."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate  # noqa: TID251 - `migrate` tells no other way
from django.utils.module_loading import autodiscover_modules


class PlatformConfig(AppConfig):
    """The floor every module stands on."""

    name = "abdi.platform"
    label = "platform"

    def ready(self) -> None:
        """Load what modules declare by decorators, so that registries are full."""
        import abdi.platform.housekeeping  # the platform's own jobs
        import abdi.platform.norms.checking
        import abdi.platform.norms.entering
        import abdi.platform.route_check  # noqa: F401 - registers the start-up check
        from abdi.platform import clock
        from abdi.platform.db.postgresql.role import keep_role
        from abdi.platform.norms import kept, use_by_default
        from abdi.platform.tenancy import institution_zone

        post_migrate.connect(keep_role, dispatch_uid="abdi.keep_role")
        clock.use_zone_source(institution_zone)
        use_by_default(kept.overrides)
        autodiscover_modules("events", "actions", "reactions", "jobs", "checks")
