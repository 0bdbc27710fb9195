"""A real mail server on loopback that keeps what it gets and can be told to misbehave."""

import email
import socket

from aiosmtpd.controller import Controller


class Kept:
    """Takes mail as told: an answer for each address, or for all data."""

    def __init__(self):
        self.mails = []
        self.for_address = {}
        self.for_data = "250 OK"
        self.before_answer = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.for_address.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.for_data.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content))
        if self.before_answer:
            self.before_answer()
        return self.for_data

    @property
    def mailbox(self):
        """What a receiver keeps: one mail of each Message-ID."""
        return {mail["Message-ID"]: mail for mail in self.mails}


class MailServer:
    """Starts and ends with a `with` block."""

    def __enter__(self):
        self.kept = Kept()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self.kept, hostname="127.0.0.1", port=self.port)
        self.controller.start()
        return self

    def __exit__(self, *_problem):
        self.controller.stop()
