"""Sessions in the database, read by one bare statement: every signed-in page begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Plain
from django.db import connection

from abdi.platform import clock

FIND = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(Plain):
    """Django's store of sessions; only the reading is short."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key, where it is unknown or over."""
        now = connection.ops.adapt_datetimefield_value(clock.now())
        with connection.cursor() as cursor:
            cursor.execute(FIND, [self.session_key, now])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found
