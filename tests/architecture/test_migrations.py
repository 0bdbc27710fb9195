"""Tests make tables from the models, which is quick; here migrations prove they make the same."""

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import SOURCE


@pytest.mark.slow
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the run on SQLite proves it")
def test_migrations_build_an_empty_database_from_nothing(tmp_path):
    told = {**os.environ, "ABDI_DATA_DIR": str(tmp_path)}
    told.pop("DATABASE_URL", None)
    abdi = [sys.executable, "-m", "abdi.config.cli"]
    for words in (["migrate"], ["makemigrations", "--check", "--dry-run"], ["migrate", "--check"]):
        ran = subprocess.run(
            [*abdi, *words],
            env=told,
            cwd=SOURCE.parents[1],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
