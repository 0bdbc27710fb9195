"""Pages: answers, formats, menu, tables, charts. Parts for templates stand in `templates/parts`."""

from abdi.platform.pages.answers import done, page, safe_next

__all__ = ["done", "page", "safe_next"]
