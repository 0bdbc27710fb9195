"""What went wrong on the way of a message, and the words that leave: nobody's name in them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from abdi.duty import links
from abdi.duty.models import Telling
from abdi.platform import clock
from abdi.platform.notices.telling import link


class NotCarried(Exception):
    """A message did not go through; `for_ever`: trying again is of no use."""

    def __init__(self, problem: str, *, for_ever: bool = False) -> None:
        super().__init__(problem)
        self.for_ever = for_ever


@dataclass(frozen=True)
class Words:
    """A message: title, body, and the address by which one answers."""

    title: str
    body: str
    answer: str


def words_of(telling: Telling) -> Words:
    """What a message says, in the language of the installation."""
    alert = telling.alert
    with translation.override("id"):
        title = _("On call: %(severity)s") % {"severity": alert.get_severity_display()}
        body = _("%(subject)s, %(unit)s, at %(time)s. Are you on it?") % {
            "subject": alert.subject,
            "unit": alert.unit.name,
            "time": f"{clock.local(alert.raised_at):%H.%M}",
        }
    token = links.token_of(telling.pk)
    return Words(title, body, link(reverse("duty:answer", args=[token])))
