"""The rows of a list entered one by one with model objects: slow and plain, to compare with."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from abdi.people import rules
from abdi.people.models import Assignment, Person, Position, RankHold
from abdi.platform import clock


def enter(rows):
    """What `actions.enter_people` should leave behind, told row after row.

    A post that a row of the list leaves is free for the next list, not for a later row of this one.
    """
    over = Assignment.objects.filter(end_on__lt=clock.today())
    over = set(over.values_list("pk", flat=True))
    for row in rows:
        person = Person() if row.person_id is None else Person.objects.get(pk=row.person_id)
        is_new = person.pk is None
        different = {
            name: told
            for name, told in row.facts.items()
            if is_new or rules.differs(getattr(person, name), told)
        }
        for name, told in different.items():
            setattr(person, name, told)
        if different and not is_new:
            person.version += 1
        person.save()
        if row.unit_id and row.title:
            seat(person, row, over)
        if row.rank and row.rank_since:
            told = {"rank": row.rank, "start_on": row.rank_since}
            RankHold.objects.get_or_create(person=person, **told, defaults={"source": "imported"})


def seat(person, row, over):
    """Seat a person where he does not sit yet; the definite seat before ends."""
    today = clock.today()
    held = (
        Assignment.objects.filter(Q(end_on=None) | Q(end_on__gte=today), person=person)
        .filter(kind="definite")
        .order_by("start_on")
        .last()
    )
    stays = held and held.position.unit_id == row.unit_id
    if stays and rules.told_alike(held.position.title, row.title):
        return
    start = rules.day_to_begin(row.since, held.start_on if held else None, today)
    if held:
        held.end_on = start - timedelta(days=1)
        held.save()
    Assignment.objects.create(
        person=person, position=post_for(row, over), kind="definite", start_on=start
    )


def post_for(row, over):
    """A free post of the title in the unit, else any, else a new one."""
    posts = [
        post
        for post in Position.objects.filter(unit_id=row.unit_id).order_by("id")
        if rules.told_alike(post.title, row.title)
    ]
    free = [post for post in posts if holders(post, over) < post.need_count]
    chosen = (free or posts or [None])[0]
    if chosen and (free or not chosen.is_head):
        return chosen
    kind, tier, leads = rules.post_of(row.title, row.echelon)
    is_headed = Position.objects.filter(unit_id=row.unit_id, is_head=True).exists()
    return Position.objects.create(
        unit_id=row.unit_id,
        title=row.title,
        kind=kind,
        tier=tier,
        echelon=row.echelon[:6],
        is_managerial=bool(row.echelon) and leads,
        is_head=leads and not is_headed,
    )


def holders(post, over):
    """How many sat here when the list began or were seated by it."""
    return Assignment.objects.filter(position=post, kind="definite").exclude(pk__in=over).count()
