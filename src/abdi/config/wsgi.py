"""The WSGI program, after its start-up checks."""

from __future__ import annotations

import os
import sys

import django
from django.core.checks import run_checks
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "abdi.config.settings")
django.setup()


def _refuse_bad_start() -> None:
    problems = [found for found in run_checks(tags=["access"]) if found.is_serious()]
    if problems:
        sys.exit("\n".join(str(found) for found in problems))


_refuse_bad_start()
application = WSGIHandler()
