"""Backup codes on paper: shown once, printed as a sheet, made anew."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Final

from cryptography.fernet import InvalidToken
from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from abdi.people import actions, entering, second_factor
from abdi.people.entering import own_account
from abdi.people.models import Account
from abdi.platform import clock
from abdi.platform.access import Request, own
from abdi.platform.before_factor import open_before_factor
from abdi.platform.pages import page
from abdi.platform.pdf import compile_pdf

MINE = "a page about oneself"
SHEET: Final = Path(__file__).parents[1] / "backup_codes.typ"
_KEPT: Final = "backup_sheet"
_SECONDS: Final = 600


def codes_page(request: Request, account: Account, codes: list[str]) -> HttpResponse:
    """Show fresh codes, this once; for ten minutes this session can print them."""
    sealed = second_factor.SealedSecrets().encrypt(json.dumps([account.pk, codes]))
    request.session[_KEPT] = [sealed, time.time()]
    return page(request, "people/backup_codes.html", {"codes": codes})


@open_before_factor
@own(MINE)
@require_POST
def renew(request: Request) -> HttpResponse:
    """Ten new codes in place of those printed before."""
    if not entering.is_fresh(request):
        return entering.to_step_up("/profil/kode")
    account = own_account(request)
    return codes_page(request, account, actions.renew_backup_codes(account, by=request.actor))


@open_before_factor
@own(MINE)
@require_safe
def sheet(request: Request) -> HttpResponse:
    """The codes that were just shown, as a sheet to print and lock away."""
    account = own_account(request)
    codes = _just_shown(request, account)
    if codes is None:
        raise Http404
    name = account.person.display_name if account.person else account.login
    data = {
        "title": _("Backup codes"),
        "letterhead": {"institution": request.institution.name},
        "name": name,
        "made": _("Printed on %(day)s") % {"day": _day()},
        "use": _(
            "When your phone or passkey is not at hand, type one of these codes after your "
            "password; each works once."
        ),
        "keep": _("Keep the sheet locked away. New codes make these void."),
        "codes": codes,
    }
    answer = HttpResponse(compile_pdf(SHEET, data), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="kode-cadangan.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _day() -> str:
    return date_format(clock.today(), "j F Y")


def _just_shown(request: Request, account: Account) -> list[str] | None:
    sealed, at = request.session.get(_KEPT) or ("", 0)
    if time.time() - at > _SECONDS:
        return None
    try:
        owner, codes = json.loads(second_factor.SealedSecrets().decrypt(sealed))
    except InvalidToken:
        return None
    return list(codes) if owner == account.pk else None
