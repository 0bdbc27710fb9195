"""Rules of passwords: length, known lists, no digits alone, nothing of oneself.

Figures are norms of the people floor (`password`): the institution may ask for a mix of kinds and
for a change after some days where its auditor does; by default neither (SECURITY_GUIDE 8).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from abdi.people.models import Account
from abdi.platform import clock
from abdi.platform.norms import norms
from abdi.platform.tenancy import Institution, institution_or_none

LEAST: Final = 8
MOST: Final = 128
_KINDS: Final = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


class HouseRules:
    """The validator in Django's list: the norms of the day, and what the person is called."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with one sentence for each rule that is broken."""
        rules = norms("people", on=clock.today())["password"]
        problems = [*_shape(password, rules), *_oneself(password, user)]
        if problems:
            raise ValidationError(problems)

    def get_help_text(self) -> str:
        """The rules in one sentence."""
        rules = norms("people", on=clock.today())["password"]
        return _("At least %(count)d characters; a sentence is easier to remember.") % {
            "count": least_length(rules)
        }


def least_length(rules: Any) -> int:
    """How many characters the institution asks for; never under eight."""
    return max(LEAST, int(rules["least_length"]))


def _shape(password: str, rules: Any) -> list[str]:
    found = []
    least = least_length(rules)
    if len(password) < least:
        found.append(_("At least %(count)d characters.") % {"count": least})
    if len(password) > MOST:
        found.append(_("At most %(count)d characters.") % {"count": MOST})
    if re.sub(r"[\s.,\-/]", "", password).isdigit():
        found.append(_("Digits alone are guessed quickly; add words."))
    if len(set(password.lower())) < 5:
        found.append(_("Too few different characters."))
    if rules["mixed"] and not all(re.search(kind, password) for kind in _KINDS):
        found.append(_("Your institution asks for small and capital letters, a digit and a sign."))
    return found


def _oneself(password: str, user: Any) -> list[str]:
    typed = password.lower()
    person = getattr(user, "person", None)
    own = [getattr(user, "login", ""), str(getattr(user, "email", "")).split("@")[0]]
    own += _WORD.findall(person.name) if person else []
    number = (person.employee_number or "") if person else ""
    if number and (number in re.sub(r"\D", "", password) or number[:8] in password):
        return [_("Your employee number is known to others; leave it out.")]
    institution = Institution.objects.filter(pk=institution_or_none() or 0).first()
    own += _WORD.findall(institution.name) if institution else []
    rest = typed
    for word in sorted({word.lower() for word in own if len(word) >= 4}, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < LEAST and rest != typed:
        return [_("Little is left beside your name or that of your institution; add other words.")]
    return []


def is_expired(account: Account) -> bool:
    """Whether the institution asks for a new password by now; never unless it switched it on."""
    days = int(norms("people", on=clock.today())["password"]["change_after_days"])
    if days <= 0:
        return False
    return account.password_at + timedelta(days=days) <= clock.now()
