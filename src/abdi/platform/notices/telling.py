"""Writing notices. The mail leaves later, by a job; the notice is saved with what caused it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from email.utils import make_msgid
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext as _
from jinja2 import Environment

from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.actions import in_action
from abdi.platform.notices.models import Notice, NoticeDelivery
from abdi.platform.text import clean_text

NO_MAIL: Final = "django.core.mail.backends.dummy.EmailBackend"
_LONGEST_SUBJECT: Final = 200
_LONGEST_BODY: Final = 20_000


def tell(
    receiver: Any,
    subject: str,
    template: str,
    data: Mapping[str, Any],
    *,
    about: Any,
    by: Actor,
    key: str = "",
    language: str = "id",
) -> Notice:
    """Tell a person, or an address, something; call it inside the action that causes it.

    `receiver`: an object with `.ref` and `.email`, or an e-mail address as text. `subject` names no
    person and no case. `template` is a text template (plain text, nothing is escaped), `data` its
    values; `link` makes a whole address of a path there. `about` is the row it is about, or its
    reference. `key`: the same key is told once, whoever asks again gets the first notice.
    Raises RuntimeError outside an action, BadText for a subject of several lines.
    """
    if not in_action():
        raise RuntimeError("tell() belongs inside an @action")
    key = key or secrets.token_hex(16)
    known = Notice.objects.filter(key=key).first()
    if known is not None:
        return known
    with translation.override(language):
        body = _render(template, data)
    notice = Notice.objects.create(
        key=key,
        receiver=getattr(receiver, "ref", ""),
        subject=clean_text(str(subject), _LONGEST_SUBJECT, lines=False),
        body=clean_text(body, _LONGEST_BODY),
        about=about if isinstance(about, str) else getattr(about, "ref", ""),
        by=by.ref,
        at=clock.now(),
    )
    _post(notice, receiver if isinstance(receiver, str) else getattr(receiver, "email", ""))
    return notice


def tell_quietly(receiver: Any, *, about: Any, by: Actor, key: str = "") -> Notice:
    """Say only that there is something, for matters whose very subject must stay inside."""
    subject = _("There is something for you")
    return tell(receiver, subject, "platform/mail/quiet.txt", {}, about=about, by=by, key=key)


def notices_for(receiver: str) -> QuerySet[Notice]:
    """The notices of a person by his reference, newest first."""
    return Notice.objects.filter(receiver=receiver).order_by("-at", "-id")


def note_seen(receiver: str, notice_id: int) -> bool:
    """Note that the receiver has opened a notice; false where it is none of his or was seen."""
    rows = notices_for(receiver).filter(pk=notice_id, seen_at__isnull=True)
    return bool(rows.update(seen_at=clock.now()))


def link(path: str) -> str:
    """The whole address of a path of ours, by the configured host, never by the request's."""
    return f"{settings.ABDI_PUBLIC_URL.rstrip('/')}/{path.lstrip('/')}"


def mail_is_set() -> bool:
    """Whether a mail server is configured; without one notices stand in the program only."""
    return str(settings.EMAIL_BACKEND) != NO_MAIL


def forget_old_notices() -> int:
    """Drop the outbox rows sent 30 days ago; the notices themselves stay. Returns how many."""
    since = clock.now() - timedelta(days=30)
    return NoticeDelivery.objects.filter(sent_at__lt=since).delete()[0]


def _post(notice: Notice, address: str) -> None:
    if not address or not mail_is_set():
        return
    host = urlsplit(settings.ABDI_PUBLIC_URL).hostname
    NoticeDelivery.objects.create(
        notice=notice,
        address=address,
        message_id=make_msgid(idstring="notice", domain=host),
        due_at=clock.now(),
    )


def _render(template: str, data: Mapping[str, Any]) -> str:
    return str(_plain().get_template(template).render({**data, "link": link})).strip() + "\n"


@cache
def _plain() -> Environment:
    """The environment of the pages, for text that is no HTML."""
    engine: Any = engines["jinja2"]
    made: Environment = engine.env.overlay(autoescape=False, bytecode_cache=None)
    return made
