"""Fixtures of the platform's tests."""

import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """Sentences in their source language, whatever the language of the installation."""
    with translation.override("en"):
        yield
