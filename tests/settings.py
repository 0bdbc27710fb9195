"""The product's settings for a test run: its own data folder, cheap passwords, mail in memory."""

import os
import tempfile

if "PYTEST_DATA_DIR" not in os.environ:  # workers of one run share the folder
    os.environ["PYTEST_DATA_DIR"] = tempfile.mkdtemp(prefix="abdi-test-")
os.environ["ABDI_DATA_DIR"] = os.environ["PYTEST_DATA_DIR"]
os.environ["ABDI_TEST"] = "1"

from abdi.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
