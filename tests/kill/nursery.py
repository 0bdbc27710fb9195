"""Where workers are born: `abdi work` in processes forked from one that has loaded the program.

Loading takes seconds, and sixty kills need forty workers. A line on the standard input begets one
(`work`, or `forget` for one that sends under a new key each time); its number is printed.
"""

from __future__ import annotations

import os
import secrets
import signal
import sys
from contextlib import suppress
from dataclasses import replace

QUICKLY = 0.05
"""How often a worker looks while the time of the play stands still, in seconds of the wall."""


def main() -> None:
    """Beget workers until the input ends."""
    import django

    django.setup()
    from abdi.config import cli, serving, urls
    from abdi.duty import links
    from abdi.platform.jobs import pulses

    assert serving.work
    assert urls.urlpatterns
    assert links.ANSWER
    for name, found in pulses.PULSES.items():
        pulses.PULSES[name] = replace(found, seconds=QUICKLY)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    children = []
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            if line.strip() == "forget":
                _forget_keys()
            os._exit(cli.main(["work"]))
        children.append(child)
        print(child, flush=True)
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


def _forget_keys() -> None:
    """The control: each try goes under a key of its own."""
    from abdi.duty import telegraph
    from abdi.duty.models import Telling
    from abdi.platform.outgoing import Outgoing

    send = telegraph.send

    def send_anew(telling: Telling, line: Outgoing) -> None:
        telling.key = secrets.token_hex(8)
        send(telling, line)

    telegraph.send = send_anew


if __name__ == "__main__":
    main()
