"""One measurement inside an installation, printed as JSON."""

from __future__ import annotations

import json
import sys

BLOCKS = 9


def main(what: str, *words: str) -> int:
    """Measure and print the answer as the last line."""
    if what == "formula":
        from ops.bench import formula

        found = formula.measure(int(words[0]))
    elif what == "roster":
        from ops.bench import rosters

        found = rosters.measure(float(words[0]))
    elif what == "roster-month":
        from ops.bench import roster_month

        found = roster_month.measure()
    else:
        import django

        django.setup()
        from django.conf import settings

        settings.ABDI_FACTOR_BY_ROLE = False  # its readers sign in by password alone
        found = _in_django(what, *words)
    print(json.dumps(found))
    return 0


def _in_django(what: str, *words: str) -> dict[str, object]:
    if what == "pages":
        from ops.bench import pages

        return pages.measure()
    from abdi.config.demo import prepare_database
    from ops.bench import importing, list_page, people

    if what == "import":
        prepare_database()
        return importing.measure(words[0], int(words[1]))

    prepare_database()
    if what == "people":
        return people.measure(int(words[0]))
    return list_page.measure(int(words[0]), BLOCKS)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
