"""The invented people and units of the demo city."""

from abdi.people.demo.building import build
from abdi.people.demo.city import DemoCity, Seat, in_hours, moment, workday

__all__ = ["DemoCity", "Seat", "build", "in_hours", "moment", "workday"]
