"""What is kept about a person: rows of every module by their declarations, and who read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from abdi.people.choices import PrivacyState
from abdi.people.kept_columns import COLUMNS
from abdi.people.kept_words import KEPT, LISTS, OTHER, RECORD
from abdi.people.models import Account, Breach, BreachTouch, Person, PrivacyRequest
from abdi.platform import clock
from abdi.platform.access import Actor
from abdi.platform.journal import Entry
from abdi.platform.pages.todo import ToDo
from abdi.platform.privacy import Privacy

SUBJECT: Final = "person"
"""The column that says whom a row is about, in every module."""
HIDDEN: Final = ("institution", SUBJECT, "password", "version")
PERSONAL: Final = ("personal", "sensitive", "secret")
READ: Final = "people.ProfileRead"
MOST_TO_DO: Final = 5


@dataclass(frozen=True)
class Kept:
    """One kind of row kept about a person, with why and how long."""

    key: str
    title: str
    source: str
    privacy: Privacy
    rows: list[dict[str, Any]]
    count: int
    shown: tuple[tuple[tuple[str, Any], ...], ...] = ()
    """The rows in words, for the page: title of a column and its value, technical ones left out."""


@dataclass(frozen=True)
class Look:
    """Somebody else opened the record, or a page that shows rows about the person."""

    at: datetime
    name: str
    role: str
    what: str
    why: str


@dataclass(frozen=True)
class Processing:
    """One line of the register of processing: tables kept for the same reason, as declared."""

    privacy: Privacy
    tables: list[str]
    fields: list[str]

    @property
    def is_personal(self) -> bool:
        """Whether it is about people at all."""
        return self.privacy.level in PERSONAL or bool(self.fields)


def subject_models() -> Iterator[type[models.Model]]:
    """Tables whose rows are about one person each, in the order of the floors."""
    for model in apps.get_models():
        if isinstance(getattr(model, "privacy", None), Privacy) and _is_about_people(model):
            yield model


def _is_about_people(model: type[models.Model]) -> bool:
    return any(
        field.name == SUBJECT and field.related_model is Person for field in model._meta.fields
    )


def kept_of(person: Person, *, most: int | None = None) -> list[Kept]:
    """Everything kept about a person, a table each; `most` limits the rows shown of each."""
    found = [_kept(Person, Person.objects.filter(pk=person.pk), most)]
    for model in subject_models():
        rows = model._default_manager.filter(**{SUBJECT: person})
        found.append(_kept(model, rows, most))
    return [one for one in found if one.count]


def _kept(model: type[models.Model], rows: models.QuerySet[Any], most: int | None) -> Kept:
    words = KEPT.get(model._meta.label_lower, OTHER)
    columns = _shown(model)
    related = [field.name for field in columns if field.is_relation and field.name in COLUMNS]
    asked = rows.order_by("-pk") if most is None else rows.select_related(*related).order_by("-pk")
    ordered = list(asked[: None if most is None else most + 1])
    more = most is not None and len(ordered) > most
    return Kept(
        key=model._meta.label_lower,
        title=words.title,
        source=words.source,
        privacy=model.privacy,  # type: ignore[attr-defined]
        rows=[{field.name: _plain(row, field) for field in columns} for row in ordered[:most]],
        count=rows.count() if more else len(ordered),
        shown=() if most is None else tuple(_in_words(row, columns) for row in ordered[:most]),
    )


def _in_words(row: Any, columns: list[models.Field[Any, Any]]) -> tuple[tuple[str, Any], ...]:
    """What a person reads of a row: columns that have a word and a value, dates as they are."""
    by_name = {field.name: field for field in columns}
    told = ((COLUMNS[name], _readable(row, by_name[name])) for name in COLUMNS if name in by_name)
    return tuple((title, value) for title, value in told if value not in (None, ""))


def _readable(row: Any, field: models.Field[Any, Any]) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, datetime | date | int | type(None)) and not field.choices:
        return value
    return _plain(row, field) if field.choices else str(value)


def _shown(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Columns the person may see: no other people, no sealed ones, no files as such."""
    declared: Privacy = model.privacy  # type: ignore[attr-defined]
    return [
        field
        for field in model._meta.fields
        if field.name not in HIDDEN
        and not (field.is_relation and field.related_model is Person)
        and declared.of(field.name).level != "secret"
    ]


def _plain(row: Any, field: models.Field[Any, Any]) -> Any:
    value = getattr(row, field.attname)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if field.choices and value not in (None, ""):
        return str(getattr(row, f"get_{field.name}_display")())
    return value if isinstance(value, bool | int | type(None)) else str(value)


def looks_at(person: Person, most: int = 100) -> list[Look]:
    """Who else opened the record or a list with the person, newest first; three queries.

    The same reader, what he opened and the day make one line.
    """
    own = Entry.objects.filter(about=person.ref, kind=READ).order_by("-id")[:most]
    among = Entry.objects.filter(kind__in=LISTS, data_text__regex=_among_people(person.pk))
    entries = sorted((*own, *among.order_by("-id")[:most]), key=lambda entry: -entry.pk)
    found: dict[tuple[str, str, date], Entry] = {}
    for entry in entries:
        found.setdefault((entry.by, entry.kind, entry.at.date()), entry)
    names = names_of({by for by, _kind, _day in found})
    return [_look(entry, names) for entry in list(found.values())[:most] if entry.by != "system"]


def _look(entry: Entry, names: dict[str, str]) -> Look:
    role = str(entry.data.get("role", ""))
    return Look(entry.at, names.get(entry.by, entry.by), role, *LISTS.get(entry.kind, RECORD))


def _among_people(pk: int) -> str:
    """The number of a person among those of a list page: `"people": "3,12,40"`."""
    return rf'"people": ?"([0-9]+,)*{pk}(,[0-9]+)*"'


def names_of(refs: set[str]) -> dict[str, str]:
    """Names behind journal references of accounts; one query."""
    ids = [int(ref.rpartition(":")[2]) for ref in refs if ref.startswith("people.account:")]
    accounts = Account.objects.filter(pk__in=ids).select_related(SUBJECT)
    return {one.ref: one.person.display_name if one.person else one.login for one in accounts}


def copy_of(person: Person) -> dict[str, Any]:
    """The copy a person takes along (UU 27/2022, access and portability): all rows, all looks."""
    return {
        "made_at": clock.now().isoformat(),
        "person": person.code,
        "kept": [
            {
                "table": one.key,
                "class": one.privacy.level,
                "purpose": one.privacy.purpose,
                "basis": one.privacy.basis,
                "keep": one.privacy.keep,
                "rows": one.rows,
            }
            for one in kept_of(person)
        ],
        "read_by": [
            {
                "at": look.at.isoformat(),
                "name": look.name,
                "role": look.role,
                "what": look.what,
                "why": look.why,
            }
            for look in looks_at(person, most=10_000)
        ],
    }


def register() -> list[Processing]:
    """The register of processing (UU 27/2022 Art. 31): every table with its declaration.

    Tables with the same class, purpose, basis and time stand in one line.
    """
    found: dict[tuple[str, ...], Processing] = {}
    for model in apps.get_models():
        declared = getattr(model, "privacy", None)
        if isinstance(declared, Privacy):
            key = (declared.purpose, declared.level, declared.basis, declared.keep)
            line = found.setdefault(key, Processing(declared, [], []))
            line.tables.append(model._meta.label_lower)
            line.fields.extend(_own_classes(model))
    return [found[key] for key in sorted(found)]


def _own_classes(model: type[models.Model]) -> list[str]:
    declared: Privacy = model.privacy  # type: ignore[attr-defined]
    table = model._meta.label_lower
    return [f"{table}.{name}: {one.level}" for name, one in declared.fields.items()]


def requests_of(person_id: int) -> models.QuerySet[PrivacyRequest]:
    """A person's own requests, the newest first."""
    rows: models.QuerySet[PrivacyRequest] = PrivacyRequest.objects.filter(person_id=person_id)
    return rows.order_by("-id")


def visible_requests(actor: Actor) -> models.QuerySet[PrivacyRequest]:
    """Requests the actor may see: his own, those of his agency's people, or all."""
    rows = PrivacyRequest.objects.select_related(SUBJECT)
    reach = actor.reach("people.privacy_request", "view")
    if reach.all:
        return rows
    own = models.Q(person_id=reach.self_id) if reach.self_id else models.Q(pk__in=[])
    today = clock.today()
    return rows.filter(
        own
        | models.Exists(
            _seats(today).filter(
                person_id=models.OuterRef("person_id"),
                position__unit__agency_id__in=reach.agency_ids,
            )
        )
    )


def _seats(day: date) -> models.QuerySet[Any]:
    from abdi.people.models import Assignment

    rows: models.QuerySet[Any] = Assignment.objects.on(day).filter(kind="definite")
    return rows


def waiting_requests(actor: Actor) -> int:
    """How many requests wait for this actor's answer (not his own)."""
    rows = visible_requests(actor).filter(state=PrivacyState.OPEN)
    return rows.exclude(person_id=actor.person_id or 0).count()


def to_do(actor: Actor, at: datetime) -> list[ToDo]:
    """Requests about own data that wait for this actor's answer; one query, none for others."""
    reach = actor.reach("people.privacy_request", "decide")
    if not (reach.all or reach.agency_ids):
        return []
    rows = visible_requests(actor).filter(state=PrivacyState.OPEN)
    rows = rows.exclude(person_id=actor.person_id or 0).order_by("due_at", "id")[:MOST_TO_DO]
    return [
        ToDo(
            icon="shield",
            title=_("%(name)s asks about the data kept of him or her")
            % {"name": row.person.display_name},
            reason=str(row.get_kind_display()),
            url=f"/permintaan-data/{row.pk}",
            button=_("Answer"),
            due_at=row.due_at,
            tone="red" if row.due_at < at else "",
        )
        for row in rows
    ]


def breaches() -> models.QuerySet[Breach]:
    """Breaches, the newest first."""
    return Breach.objects.order_by("-id")


def touched_by(breach: Breach) -> models.QuerySet[BreachTouch]:
    """People a breach touched, by name."""
    rows: models.QuerySet[BreachTouch] = BreachTouch.objects.filter(breach=breach)
    return rows.select_related(SUBJECT).order_by("person__name", "id")


def people_read_by(account_ref: str, start: datetime, end: datetime) -> list[int]:
    """Ids of people whose records an account opened in a stretch of time, from the journal.

    Pages that showed several people count with everybody on them.
    """
    entries = Entry.objects.filter(
        by=account_ref,
        kind__endswith="Read",
        at_us__gte=int(start.timestamp() * 1_000_000),
        at_us__lt=int(end.timestamp() * 1_000_000),
    )
    found: set[int] = set()
    for entry in entries.iterator():
        found.update(_people_in(entry.data))
    return sorted(found)


def _people_in(data: dict[str, Any]) -> Iterator[int]:
    if isinstance(one := data.get("person_id"), int):
        yield one
    yield from (int(pk) for pk in str(data.get("people", "")).split(",") if pk.isdecimal())
