"""What the database itself refuses: two definite posts of one person on one day.

Exclusion across rows needs a trigger: SQLite runs one writer at a time, on PostgreSQL the trigger
locks the person's row first, so that two writers see each other.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from abdi.platform.db.postgresql.base import acts_as_owner

REFUSAL = "assignment_one_definite_a_day"
_OVERLAP = """
    SELECT 1 FROM people_assignment AS other
    WHERE other.person_id = NEW.person_id AND other.kind = 'definite' AND other.id <> NEW.id
      AND other.start_on <= COALESCE(NEW.end_on, {last})
      AND COALESCE(other.end_on, {last}) >= NEW.start_on
"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name} {when} ON people_assignment
WHEN NEW.kind = 'definite' BEGIN
  SELECT RAISE(ABORT, '{refusal}') WHERE EXISTS ({overlap});
END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION people_one_definite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'definite' THEN
    PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS ({overlap}) THEN
      RAISE EXCEPTION '{refusal}' USING ERRCODE = 'exclusion_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$
"""
_TRIGGER = """
CREATE OR REPLACE TRIGGER people_one_definite
BEFORE INSERT OR UPDATE OF person_id, kind, start_on, end_on ON people_assignment
FOR EACH ROW EXECUTE FUNCTION people_one_definite()
"""


def keep_one_definite(*, using: str, **_told: Any) -> None:
    """After migrations: the triggers stand (again)."""
    connection = connections[using]
    if "people_assignment" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            overlap = _OVERLAP.format(last="'9999-12-31'")
            for name, when in (("insert", "AFTER INSERT"), ("update", "AFTER UPDATE")):
                cursor.execute(
                    _SQLITE.format(
                        name=f"people_one_definite_{name}",
                        when=when,
                        refusal=REFUSAL,
                        overlap=overlap,
                    )
                )
        elif connection.vendor == "postgresql" and acts_as_owner():
            overlap = _OVERLAP.format(last="'infinity'::date")
            cursor.execute(_FUNCTION.format(overlap=overlap, refusal=REFUSAL))
            cursor.execute(_TRIGGER)
