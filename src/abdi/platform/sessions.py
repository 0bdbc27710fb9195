"""Sessions in the database, read by one bare statement: every signed-in page begins with it."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as Plain
from django.core import signing
from django.db import connection

from abdi.platform import clock

FIND = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
MOST_OPENED: Final = 4_096


class SessionStore(Plain):
    """Django's store of sessions; only the reading is short."""

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What a stored session says; the signature of the same text is looked at once."""
        try:
            text = _opened(str(session_data), self.key_salt, settings.SECRET_KEY)
        except (signing.BadSignature, ValueError, zlib.error):
            return super().decode(session_data)
        found: dict[str, Any] = json.loads(text)
        return found

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


class _AsText:
    """Leaves the JSON inside a signed text as it is."""

    def loads(self, data: bytes) -> bytes:
        """The JSON itself."""
        return data


@lru_cache(maxsize=MOST_OPENED)
def _opened(session_data: str, salt: str, _secret: str) -> bytes:
    """The JSON of a stored session, its signature checked. Raises BadSignature."""
    found: bytes = signing.loads(
        session_data,
        salt=salt,
        serializer=_AsText,  # type: ignore[arg-type]  # it reads only
    )
    return found
