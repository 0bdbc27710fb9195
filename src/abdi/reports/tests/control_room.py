"""Builders for tests: a control room with its PC and two dispatchers."""

from __future__ import annotations

from django.test import Client

from abdi.people.testing import a_person, an_actor
from abdi.people.testing_consoles import PIN, a_card, a_console, at_console
from abdi.platform.access import Actor
from abdi.platform.consoles import cookie_name
from abdi.reports.testing import a_report_city

BOARD, DOOR = "/papan", "/konsol/masuk"


class Room:
    """A control room: its PC, and two dispatchers with card and PIN."""

    def __init__(self) -> None:
        self.city = a_report_city()
        self.agency = self.city.city.agency
        self.console, self.token = a_console(self.agency, city_wide=True)
        self.dewi = an_actor("dispatcher", person=a_person(self.agency, name="Dewi Antrean"))
        self.budi = an_actor("dispatcher", person=a_person(self.agency, name="Budi Antrean"))
        self.cards = {who: a_card(who, self.console) for who in (self.dewi, self.budi)}

    def pc(self) -> Client:
        """A browser of the PC."""
        return at_console(self.token)

    def step_in(self, client: Client, who: Actor, pin: str = PIN, **more: object) -> object:
        """The answer to somebody's card and PIN."""
        return client.post(DOOR, {"card": self.cards[who], "pin": pin, **more})


def stands_at_the_board(client: Client) -> bool:
    """Whether nobody is stepped in: a page of the desk leads to the door."""
    answer = client.get("/antrean")
    return answer.status_code == 302 and answer["Location"].startswith(DOOR)


def strict(token: str) -> Client:
    """A browser of that PC whose forms are checked as in the field."""
    client = Client(enforce_csrf_checks=True)
    client.cookies[cookie_name()] = token
    return client
