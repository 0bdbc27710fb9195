"""The product's settings for a test run: its own data folder, cheap passwords, mail in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from ops import messages

if "PYTEST_DATA_DIR" not in os.environ:
    os.environ["PYTEST_DATA_DIR"] = tempfile.mkdtemp(prefix="abdi-test-")
    atexit.register(shutil.rmtree, os.environ["PYTEST_DATA_DIR"], ignore_errors=True)
# Workers of one run each have a folder of their own in it.
folder = Path(os.environ["PYTEST_DATA_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["ABDI_DATA_DIR"] = str(folder)
os.environ["ABDI_TEST"] = "1"
if "PYTEST_XDIST_WORKER" not in os.environ:
    messages.compile_all()  # pages are tested in the words of the translation files as they are

from abdi.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A broken page fails its test with its traceback, not with a polite page.
ABDI_HIDE_ERRORS = False
# Who tests other pages signs in by password alone; test_before_factor.py switches this on.
ABDI_FACTOR_BY_ROLE = False
