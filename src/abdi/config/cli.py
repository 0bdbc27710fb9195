"""The `abdi` command: its own verbs, and Django's below them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

USAGE = """\
abdi serve [--with-work]         serve the program (PORT, DATABASE_URL, ABDI_DATA_DIR)
abdi work [--once]               carry deliveries, run jobs, seal the audit chain
abdi demo [--size small|city|province]   make the demo city and serve it
abdi doctor [--json]             say in words what is wrong with this installation
abdi load reports FILE --map MAP [--preview] [--json] [--institution CODE] [--sign-in NAME]
abdi import people FILE [--json] [--difference | --apply [--ready-only]] [--sheet NAME]
abdi export people FILE [--layout siasn|duk|nominatif|pppk|own] [--agency CODE] [--reason TEXT]
abdi formula list|show|run       recompute any published number by hand
abdi roster solve FILE [--seconds 60] [--seed N] [--workers 2] [--out FILE] [--json]
abdi roster check FILE ROSTER [--json]   shift scheduling: the public format, its rules and costs
abdi audit verify [--json]       check the audit chain line by line
abdi gateway-adapter --secret FILE   the reference gateway for calls (docs/gateway-messages.md)
abdi migrate, abdi shell, …      Django's own verbs
"""
Verb = Callable[[list[str]], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; the exit code is 0 only where it did what was asked."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "abdi.config.settings")
    if not words or words[0] in ("-h", "--help", "help"):
        print(USAGE)
        return 0 if words else 2
    if words[0] == "formula":
        return int(import_module("abdi.platform.formula_cli").main(words[1:]))
    if words[0] == "gateway-adapter":
        return int(import_module("abdi.duty.adapter").main(words[1:]))
    if words[0] == "roster":
        roster = import_module("abdi.duty.scheduling.cli")
        return _quietly(roster.main, words[1:])
    if words[0] == "demo":
        os.environ.setdefault("ABDI_DEMO", "1")
    verbs: dict[str, str] = {
        "serve": "abdi.config.serving:serve",
        "work": "abdi.config.serving:work",
        "demo": "abdi.config.demo:main",
        "doctor": "abdi.config.doctor:main",
        "load": "abdi.config.loading:main",
        "import": "abdi.config.importing:main",
        "export": "abdi.config.exporting:main",
        "audit": "abdi.config.auditing:main",
        "catalogue": "abdi.config.catalogue:main",
    }
    if words[0] in verbs:
        module, _, name = verbs[words[0]].partition(":")
        _set_up()
        return _quietly(getattr(import_module(module), name), words[1:])
    return _django(words)


def _set_up() -> None:
    import django

    django.setup()


def _quietly(verb: Verb, words: list[str]) -> int:
    try:
        return int(verb(words))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0


def _django(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    if words[0] in ("migrate", "flush", "makemigrations"):
        from abdi.platform.db.postgresql.base import act_as_owner

        act_as_owner()
    execute_from_command_line(["abdi", *words])
    return 0


def show(found: dict[str, object], *, as_json: bool) -> None:
    """Print an answer as JSON, or as lines of name and value."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, default=str))
        return
    for name, value in found.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    sys.exit(main())
