"""A call by e-mail: one mail of one Message-ID, however often it has to be sent."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template import engines

from abdi.duty import queries
from abdi.duty.models import Telling
from abdi.duty.sent import NotCarried, words_of
from abdi.platform.outgoing import Outgoing

SECONDS: Final = 10
_FOR_EVER: Final = range(500, 600)


def send(telling: Telling, line: Outgoing) -> None:
    """Send the mail; `line` is for other channels. Raises NotCarried with the problem."""
    address = queries.address_of(telling.person_id)
    if not address:
        raise NotCarried("no address", for_ever=True)
    words = words_of(telling)
    body = engines["jinja2"].get_template("duty/mail/call.txt").render({"words": words})
    host = urlsplit(settings.ABDI_PUBLIC_URL).hostname
    try:
        server = get_connection(timeout=SECONDS)
        EmailMessage(
            subject=words.title,
            body=body.strip() + "\n",
            to=[address],
            headers={
                "Message-ID": f"<{telling.key}.{telling.institution_id}@{host}>",
                "Auto-Submitted": "auto-generated",
                "X-Priority": "1",
            },
            connection=server,
        ).send()
    except SMTPRecipientsRefused as problem:
        code = next(iter(problem.recipients.values()))[0]
        raise NotCarried(f"SMTP {code}", for_ever=code in _FOR_EVER) from problem
    except SMTPResponseException as problem:
        code = problem.smtp_code
        raise NotCarried(f"SMTP {code}", for_ever=code in _FOR_EVER) from problem
    except (OSError, SMTPException) as problem:
        raise NotCarried(type(problem).__name__) from problem
