"""The invented people and units of the demo city."""

from abdi.people.demo.building import DemoCity, build

__all__ = ["DemoCity", "build"]
