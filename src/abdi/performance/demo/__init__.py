"""Plans, results and evaluations of the demo city."""

from abdi.performance.demo.building import build

__all__ = ["build"]
