"""Every role × resource × action: allowed in scope, refused just outside, nobody judges himself."""

from dataclasses import replace

import pytest

from abdi.platform.access import Actor, Grant, Where, law

ME, MATE, STRANGER = 1, 2, 3
MINE, THEIRS = 10, 20
ROLES = tuple(law().roles)
CELLS = tuple(law().cells.values())
SCOPES = ("self", "assigned", "team", "agency", "city", "public")
NOBODY = Where(person_id=STRANGER, author_id=STRANGER, agency_id=THEIRS, assigned=frozenset({99}))


def actor(role):
    """A person with one role at agency 10 who leads person 2."""
    if role == "citizen":
        return Actor(kind="citizen", institution_id=1, citizen_ref="mine")
    scopes = [cell.grants[role] for cell in CELLS if role in cell.grants]
    agency = None if scopes and set(scopes) <= {"city"} else MINE
    return Actor(
        kind="account",
        institution_id=1,
        account_id=ME,
        person_id=ME,
        grants=(Grant(role, agency),),
        agency_id=MINE,
        team_ids=frozenset({MATE}),
    )


def inside(scope, cell):
    """An object just inside a scope, which the actor neither is the subject of nor wrote."""
    place = {
        "self": Where(author_id=ME, citizen_ref="mine"),
        "assigned": replace(NOBODY, assigned=frozenset({ME}), citizen_ref="mine"),
        "team": replace(NOBODY, person_id=MATE),
        "agency": replace(NOBODY, agency_id=MINE),
        "city": NOBODY,
        "public": NOBODY,
    }[scope]
    if scope == "self" and "not_author" in cell.conditions:
        return Where(person_id=ME, author_id=STRANGER, citizen_ref="mine")
    return place


def is_open_to_all(cell):
    return "public" in cell.grants.values()


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.resource}-{cell.action}")
def test_a_cell_answers_each_role_by_its_scope(cell):
    wrong = []
    for role in ROLES:
        person = actor(role)
        scope = cell.grants.get(role)
        if scope is None:
            if person.may(cell.resource, cell.action, NOBODY) and not is_open_to_all(cell):
                wrong.append(f"{role} has no grant and may")
            continue
        if not person.may(cell.resource, cell.action, inside(scope, cell)):
            wrong.append(f"{role} may not inside {scope}")
        outside = scope not in ("city", "public") and not is_open_to_all(cell)
        if outside and person.may(cell.resource, cell.action, NOBODY):
            wrong.append(f"{role} may outside {scope}")
    assert wrong == []


@pytest.mark.parametrize(
    "cell",
    [cell for cell in CELLS if "not_self" in cell.conditions],
    ids=lambda cell: f"{cell.resource}-{cell.action}",
)
def test_nobody_judges_himself(cell):
    own = Where(person_id=ME, agency_id=MINE, assigned=frozenset({ME}))
    judged = [
        role
        for role in cell.grants
        if role != "citizen" and actor(role).may(cell.resource, cell.action, own)
    ]
    assert judged == []


@pytest.mark.parametrize(
    "cell",
    [cell for cell in CELLS if "not_author" in cell.conditions],
    ids=lambda cell: f"{cell.resource}-{cell.action}",
)
def test_nobody_decides_what_he_wrote(cell):
    own = Where(author_id=ME, agency_id=MINE, assigned=frozenset({ME}))
    judged = [
        role
        for role in cell.grants
        if role != "citizen" and actor(role).may(cell.resource, cell.action, own)
    ]
    assert judged == []


@pytest.mark.parametrize("kind", ["plt", "plh"])
def test_an_acting_head_has_his_list_and_nothing_more(kind):
    powers = law().acting_powers[kind]
    acting = Actor(
        kind="account",
        institution_id=1,
        account_id=ME,
        person_id=ME,
        grants=(Grant("superior", MINE, kind),),
        agency_id=MINE,
        team_ids=frozenset({MATE}),
    )
    for cell in CELLS:
        if "superior" not in cell.grants or is_open_to_all(cell) or "citizen" in cell.grants:
            continue
        reading = cell.action in ("view", "view_dates", "view_totals")
        listed = cell.action in powers.get(cell.resource, ())
        assert acting.holds(cell.resource, cell.action) == (reading or listed), cell


def test_a_citizen_sees_only_his_own_and_the_public():
    person = actor("citizen")
    for cell in CELLS:
        if person.may(cell.resource, cell.action, NOBODY):
            assert is_open_to_all(cell), cell


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.resource}-{cell.action}")
def test_a_console_where_nobody_stepped_in_reads_the_board_and_nothing_else(cell):
    room = Actor(kind="console", institution_id=1, console_id=7, agency_id=MINE)
    whole = replace(room, agency_id=None)
    on_board = (cell.resource, cell.action) == ("reports.dispatch", "view")
    its_row = replace(NOBODY, agency_id=MINE)
    for console in (room, whole):
        assert console.holds(cell.resource, cell.action) == on_board
        assert console.may(cell.resource, cell.action, its_row) == on_board
        assert console.reach(cell.resource, cell.action).nothing != on_board
    assert not room.may(cell.resource, cell.action, NOBODY), "another room's row"
