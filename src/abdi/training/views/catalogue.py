"""The catalogue, one class, and a person's own learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from abdi.competence import queries as competence
from abdi.people import queries as people
from abdi.people.choices import TimeKind
from abdi.platform.access import Request, guard
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import asked
from abdi.training import actions, queries
from abdi.training.choices import SeatState
from abdi.training.models import Class, Enrolment

if TYPE_CHECKING:
    from abdi.people.models import Person

CAN_LEAVE = (SeatState.ENROLLED, SeatState.WAITING, SeatState.INVITED)


@guard("training.catalogue", "view")
def catalogue(request: Request) -> HttpResponse:
    """Classes that take people; what fits the reader's gaps stands first."""
    chosen = competence.competency_of(asked(request, "kompetensi"))
    only_fitting = request.GET.get("sesuai") == "1" and request.actor.is_signed_in
    lines = queries.catalogue_lines(
        request.actor, competency=chosen.code if chosen else "", only_fitting=only_fitting
    )
    texts = competence.competencies()
    context = {
        "lines": lines,
        "fitting": sum(1 for line in lines if line.gap),
        "names": {text.code: text.name for text in texts},
        "texts": texts,
        "asked": chosen,
        "only_fitting": only_fitting,
    }
    return page(request, "training/catalogue.html", context)


@guard("training.enrolment", "create")
def fitting(request: Request) -> HttpResponse:
    """A piece of another page: the three classes that fit a person's gaps best."""
    fits = queries.for_gap(request.actor.person_id) if request.actor.person_id else []
    names = {text.code: text.name for text in competence.competencies()}
    return page(request, "training/_fits.html", {"fits": fits[:3], "names": names})


@guard("training.catalogue", "view")
def class_page(request: Request, code: str) -> HttpResponse:
    """One class: what it teaches, when, how many seats are left, and my place in it."""
    klass = _class(code)
    seat = queries.enrolment_of(klass, request.actor.person_id)
    runs = queries.class_i_run(request.actor, code) is not None
    names = {text.code: text.name for text in competence.competencies()}
    context = {
        "klass": klass,
        "name": names.get(klass.competency, klass.competency),
        "sessions": queries.sessions_of(klass),
        "seats_left_count": queries.ClassLine(klass, None, None).seats_left,
        "seat": seat,
        "can_leave": seat is not None and seat.state in CAN_LEAVE,
        "rank": queries.rank_in_queue(seat) if seat else None,
        "clashes": _clashes(request, klass, seat),
        "kinds": TimeKind,
        "runs": runs,
        "participants": list(queries.participants(klass)) if runs else [],
        "invitable": queries.invitable(klass) if runs and klass.state == "open" else [],
    }
    return page(request, "training/class.html", context)


def _clashes(request: Request, klass: Class, seat: Enrolment | None) -> list[object]:
    if request.actor.person_id is None or (seat and seat.state == SeatState.ENROLLED):
        return []
    return list(queries.clashes(request.actor.person_id, klass))


@guard("training.enrolment", "create")
@require_POST
@once
def enrol(request: Request, code: str) -> HttpResponse:
    """Enrol oneself: a seat, or a place in the queue."""
    klass = _class(code)
    despite = request.POST.get("despite") == "1"
    row = actions.enrol(klass, _me(request), by=request.actor, despite_clash=despite)
    return done(request, _place(klass), _after(row))


@guard("training.nomination", "answer")
@require_POST
@once
def accept(request: Request, code: str) -> HttpResponse:
    """Take the place one was invited to."""
    klass = _class(code)
    despite = request.POST.get("despite") == "1"
    row = actions.accept(_my_seat(request, klass), by=request.actor, despite_clash=despite)
    return done(request, _place(klass), _after(row))


@guard("training.enrolment", "cancel")
@require_POST
@once
def leave(request: Request, code: str) -> HttpResponse:
    """Give the place back."""
    klass = _class(code)
    actions.cancel(_my_seat(request, klass), by=request.actor)
    return done(request, _place(klass), _("Your place is free for somebody else."))


def _after(row: Enrolment) -> str:
    if row.state == SeatState.ENROLLED:
        return _("You have a seat. The days are in your calendar.")
    rank = queries.rank_in_queue(row)
    return _("All seats are taken. You are number %(rank)s in the waiting list.") % {"rank": rank}


@guard("training.enrolment", "view")
def mine(request: Request) -> HttpResponse:
    """My year: hours done and planned, my classes, my certificates."""
    person = _me(request)
    certificates = {
        paper.enrolment_id: paper
        for paper in queries.visible_certificates(request.actor).filter(
            enrolment__person_id=person.pk
        )
    }
    context = {
        "year": queries.year_of_hours(person.pk, person.employment),
        "rows": list(queries.enrolments_of(person.pk)[:100]),
        "certificates": certificates,
        "unit": people.unit_of(person.pk),
    }
    return page(request, "training/mine.html", context)


def _class(code: str) -> Class:
    found = queries.class_by_code(code)
    if found is None:
        raise Http404
    return found


def _me(request: Request) -> Person:
    found = people.persons().filter(pk=request.actor.person_id or 0).first()
    if found is None:
        raise Http404
    return found


def _my_seat(request: Request, klass: Class) -> Enrolment:
    found = queries.enrolment_of(klass, request.actor.person_id)
    if found is None:
        raise Http404
    return found


def _place(klass: Class) -> str:
    return reverse("training:class", args=[klass.code])
