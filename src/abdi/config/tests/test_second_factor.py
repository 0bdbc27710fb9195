"""What the operator sets and is told about second factors."""

from __future__ import annotations

import pytest

from abdi.config import doctor
from abdi.config.environment import BadSetting, Environment

pytestmark = pytest.mark.django_db


def test_the_setting_of_the_provider_is_one_of_two_words():
    named = Environment({"ABDI_OIDC_SECOND_FACTOR": "provider"})
    assert named.choice("ABDI_OIDC_SECOND_FACTOR", "own", "provider") == "provider"
    assert Environment({}).choice("ABDI_OIDC_SECOND_FACTOR", "own", "provider") == "own"
    with pytest.raises(BadSetting, match="must be own or provider"):
        Environment({"A": "none"}).choice("A", "own", "provider")


def test_the_doctor_says_what_is_asked(settings):
    settings.ABDI_FACTOR_BY_ROLE = True
    assert "second factor is asked by role" in _told()
    settings.ABDI_FACTOR_EXEMPT = frozenset({settings.DEMO_CODE})
    assert "unset ABDI_DEMO" in _told()
    settings.ABDI_FACTOR_BY_ROLE = False
    assert "no role asks" in _told()
    settings.ABDI_OIDC_SECOND_FACTOR = "provider"
    assert "ABDI_OIDC_ISSUER" in _told()
    settings.ABDI_OIDC_ISSUER, settings.ABDI_OIDC_CLIENT = "https://sso.contoh.test", "abdi"
    assert "the provider vouches" in _told()


def _told() -> str:
    return "\n".join(f"{one.what}: {one.advice}" for one in doctor.findings())
