"""Proposals, classes, seats and certificates of the demo city."""

from abdi.training.demo.building import build

__all__ = ["build"]
