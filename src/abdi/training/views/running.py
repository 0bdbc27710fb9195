"""The organiser's pages of one class: open, invite, presence, results, close."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from abdi.competence import queries as competence
from abdi.platform import clock
from abdi.platform.access import Request, guard
from abdi.platform.actions import Invalid
from abdi.platform.once import once
from abdi.platform.pages import done, page
from abdi.platform.pages.tables import page_of
from abdi.training import actions, queries
from abdi.training.choices import SeatState
from abdi.training.forms import ClassForm, PersonForm, ReasonForm, ResultForm
from abdi.training.models import Class, Enrolment, Presence, Proposal, Session

SEATED = (SeatState.ENROLLED, SeatState.ATTENDED, SeatState.PASSED, SeatState.NOT_PASSED)


@guard("training.attendance", "create")
def classes(request: Request) -> HttpResponse:
    """Classes I organise or teach."""
    found = page_of(queries.classes_i_run(request.actor), request)
    names = {text.code: text.name for text in competence.competencies()}
    opens = request.actor.holds("training.catalogue", "create")
    context = {"page": found, "names": names, "today": clock.today(), "opens": opens}
    return page(request, "training/classes.html", context)


@guard("training.catalogue", "create")
@require_http_methods(["GET", "POST"])
@once
def new_class(request: Request) -> HttpResponse:
    """Open a class; a proposal fills in what is known."""
    proposal = _proposal(request)
    form = ClassForm(request.POST or None, initial=_filled(proposal))
    if form.is_bound and form.is_valid():
        try:
            klass = actions.open_class(proposal, by=request.actor, plan=form.plan())
        except Invalid as problem:
            form.refuse({problem.field: problem.message})
        else:
            place = reverse("training:class", args=[klass.code])
            return done(request, place, _("The class takes enrolments."))
    people = queries.candidates_of(proposal) if proposal else []
    context = {"form": form, "proposal": proposal, "people": people}
    return page(request, "training/new_class.html", context, status=422 if form.is_bound else 200)


def _proposal(request: Request) -> Proposal | None:
    given = request.GET.get("usulan", "")
    if not (given.isascii() and given.isdigit()) or len(given) > 18:
        return None
    found = queries.visible_proposals(request.actor).filter(pk=int(given)).first()
    if found is None:
        raise Http404
    return found


def _filled(proposal: Proposal | None) -> dict[str, object]:
    if proposal is None:
        return {}
    text = competence.competency_of(proposal.competency)
    name = text.name if text else ""
    level = text.level(proposal.level) if text else None
    return {
        "title": _("%(name)s at work") % {"name": name},
        "goal": level.meaning if level else "",
        "competency": proposal.competency,
        "level": str(proposal.level),
        "hours": proposal.hours,
        "cost_rupiah": proposal.cost_rupiah,
        "capacity": max(len(queries.candidates_of(proposal)), 1),
    }


@guard("training.nomination", "decide")
@require_POST
@once
def invite(request: Request, code: str) -> HttpResponse:
    """Invite the chosen people, those with the largest gaps."""
    klass = _mine(request, code)
    chosen = {pk for pk in request.POST.getlist("person") if pk.isascii() and pk.isdigit()}
    offered = [person for person, _gap in queries.invitable(klass) if str(person.pk) in chosen]
    for person in offered:
        actions.invite(klass, person, by=request.actor)
    words = _("%(count)s invited.") % {"count": len(offered)}
    return done(request, reverse("training:class", args=[code]), words)


@guard("training.attendance", "create")
def presence(request: Request, code: str) -> HttpResponse:
    """Who is there: one list for each session."""
    return _presence(request, _mine(request, code))


def _presence(
    request: Request, klass: Class, form: PersonForm | None = None, status: int = 200
) -> HttpResponse:
    sessions = queries.sessions_of(klass)
    session = _session(request, sessions)
    rows = [row for row in queries.participants(klass) if row.state in SEATED]
    there = set(Presence.objects.filter(session=session).values_list("enrolment_id", flat=True))
    context = {
        "klass": klass,
        "sessions": sessions,
        "session": session,
        "rows": rows,
        "there": there,
        "waiting": [row for row in rows if row.pk not in there],
        "replaceable": [row for row in rows if row.state == SeatState.ENROLLED],
        "form": form or PersonForm(),
    }
    return page(request, "training/presence.html", context, status=status)


def _session(request: Request, sessions: list[Session]) -> Session | None:
    given = request.GET.get("sesi", "") or request.POST.get("session", "")
    found = next((one for one in sessions if str(one.pk) == given), None)
    today = clock.today()
    if found is None:
        days = [one for one in sessions if clock.local(one.start_at).date() <= today]
        found = days[-1] if days else (sessions[0] if sessions else None)
    return found


@guard("training.attendance", "create")
@require_POST
@once
def mark(request: Request, code: str) -> HttpResponse:
    """Mark the ticked people as present."""
    klass = _mine(request, code)
    session = _session(request, queries.sessions_of(klass))
    if session is None:
        raise Http404
    rows = _chosen(request, klass)
    for row in rows:
        actions.mark_present(row, session, by=request.actor)
    words = _("%(count)s marked as present.") % {"count": len(rows)}
    return done(request, f"{reverse('training:presence', args=[code])}?sesi={session.pk}", words)


@guard("training.attendance", "correct")
@require_POST
@once
def unmark(request: Request, code: str) -> HttpResponse:
    """Take a wrong presence back."""
    klass = _mine(request, code)
    session = _session(request, queries.sessions_of(klass))
    rows = _chosen(request, klass)
    if session is None or not rows:
        raise Http404
    reason = ReasonForm(request.POST)
    if not reason.is_valid():
        raise Invalid(str(reason.errors["reason"][0]), field="reason")
    actions.unmark_present(rows[0], session, by=request.actor, reason=reason.cleaned_data["reason"])
    words = _("The presence is taken back.")
    return done(request, f"{reverse('training:presence', args=[code])}?sesi={session.pk}", words)


@guard("training.enrolment", "substitute")
@require_POST
@once
def replace(request: Request, code: str) -> HttpResponse:
    """Somebody else sits there: the invited one is replaced, not absent."""
    klass = _mine(request, code)
    form = PersonForm(request.POST)
    rows = _chosen(request, klass)
    if not rows:
        raise Http404
    if not form.is_valid():
        return _presence(request, klass, form, status=422)
    actions.replace(rows[0], form.cleaned_data["person"], by=request.actor)
    words = _("The place has changed hands.")
    return done(request, reverse("training:presence", args=[code]), words)


@guard("training.test_result", "create")
def results(request: Request, code: str) -> HttpResponse:
    """Who passed, who did not, and closing the class."""
    klass = _mine(request, code)
    rows = [row for row in queries.participants(klass) if row.state in SEATED]
    open_ones = [row for row in rows if row.state == SeatState.ATTENDED]
    context = {
        "klass": klass,
        "rows": rows,
        "open": open_ones,
        "me": request.actor.person_id,
        "over": clock.today() >= klass.end_on,
        "closable": klass.state in ("open", "running")
        and request.actor.holds("training.catalogue", "update"),
    }
    return page(request, "training/results.html", context)


@guard("training.test_result", "create")
@require_POST
@once
def decide(request: Request, code: str) -> HttpResponse:
    """Keep the decisions made; lines without one stay open."""
    klass = _mine(request, code)
    decided = 0
    for row in queries.participants(klass).filter(state=SeatState.ATTENDED):
        given = {
            "passed": request.POST.get(f"passed_{row.pk}", ""),
            "score": request.POST.get(f"score_{row.pk}", ""),
        }
        if not given["passed"]:
            continue
        form = ResultForm(given)
        if not form.is_valid():
            raise Invalid(form.problems[0].message, field=f"score_{row.pk}")
        passed = form.cleaned_data["passed"] == "1"
        actions.complete(row, by=request.actor, passed=passed, score=form.cleaned_data["score"])
        decided += 1
    words = _("%(count)s decided.") % {"count": decided}
    return done(request, reverse("training:results", args=[code]), words)


@guard("training.catalogue", "update")
@require_POST
@once
def close(request: Request, code: str) -> HttpResponse:
    """Close the class."""
    klass = _mine(request, code)
    actions.close_class(klass, by=request.actor)
    return done(request, reverse("training:class", args=[code]), _("The class is closed."))


@guard("training.catalogue", "update")
@require_POST
@once
def cancel(request: Request, code: str) -> HttpResponse:
    """Cancel a class that has not begun."""
    klass = _mine(request, code)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(str(form.errors["reason"][0]), field="reason")
    actions.cancel_class(klass, by=request.actor, reason=form.cleaned_data["reason"])
    words = _("The class is cancelled; everybody's days are free again.")
    return done(request, reverse("training:class", args=[code]), words)


def _mine(request: Request, code: str) -> Class:
    found = queries.class_i_run(request.actor, code)
    if found is None:
        raise Http404
    return found


def _chosen(request: Request, klass: Class) -> list[Enrolment]:
    chosen = {pk for pk in request.POST.getlist("id") if pk.isascii() and pk.isdigit()}
    return [row for row in queries.participants(klass) if str(row.pk) in chosen]
