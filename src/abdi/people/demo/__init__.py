"""The invented people and units of the demo city."""

from abdi.people.demo.building import build
from abdi.people.demo.city import DemoCity, Seat, in_hours, moment, workday
from abdi.people.demo.times import keep_times
from abdi.people.demo.together import PANEL

__all__ = ["PANEL", "DemoCity", "Seat", "build", "in_hours", "keep_times", "moment", "workday"]
