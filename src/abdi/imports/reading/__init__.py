"""A staff list of any kind, from anywhere: opened, understood, read person by person."""

from abdi.imports.reading.opening import Reading, Unreadable, read
from abdi.imports.reading.sources import Source, open_source

__all__ = ["Reading", "Source", "Unreadable", "open_source", "read"]
