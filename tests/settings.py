"""The product's settings for a test run: its own data folder, cheap passwords, mail in memory."""

import os
import tempfile
from pathlib import Path

os.environ["ABDI_DATA_DIR"] = os.environ.get("PYTEST_ABDI_DATA_DIR") or tempfile.mkdtemp(
    prefix="abdi-test-"
)
os.environ["PYTEST_ABDI_DATA_DIR"] = os.environ["ABDI_DATA_DIR"]  # workers share it

from abdi.config.settings import *  # noqa: F403
from abdi.config.settings import DATABASES

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, as in production: a database in memory hides locking between threads.
    DATABASES["default"]["TEST"] = {"NAME": Path(os.environ["ABDI_DATA_DIR"]) / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
