"""Pages of performance."""

from abdi.performance.views import evaluating, judging, mine, setting, team, tree

__all__ = ["evaluating", "judging", "mine", "setting", "team", "tree"]
