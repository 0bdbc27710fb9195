"""Six months of citizens' reports of the demo city."""

from abdi.reports.demo.building import build

__all__ = ["build"]
