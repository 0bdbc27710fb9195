"""Requests to other machines: only https, only public addresses, little time, little data.

The name is resolved once and the connection goes to that very address, so that a name server
cannot show a public address to the check and a private one to the connection.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import SplitResult, urlsplit

CONNECT_SECONDS: Final = 5.0
ALL_SECONDS: Final = 10.0
LARGEST_ANSWER: Final = 1_000_000
_CHUNK: Final = 65_536
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_NAT64_LOCAL: Final = ipaddress.IPv6Network("64:ff9b:1::/48")
_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
_LOWEST_OF_IPV4: Final = 0xFFFFFFFF

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]


class NotSent(Exception):
    """The request was refused here or failed on the way; the text says why, without data."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host by the system's resolver. Raises OSError, also when it is slow."""
    found: list[str] = []

    def ask() -> None:
        with suppress(OSError):
            for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(str(entry[4][0]))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(CONNECT_SECONDS)
    if asking.is_alive() or not found:
        raise OSError("no address")
    return list(dict.fromkeys(found))


def is_public(address: str) -> bool:
    """Whether an address and every address wrapped in it belong to the open internet."""
    try:
        outer = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(
        inner.is_global and not inner.is_multicast and not inner.is_reserved
        for inner in _unwrapped(outer)
    )


@dataclass(frozen=True)
class Outgoing:
    """How requests leave; tests bring their own resolver and certificates."""

    resolver: Resolver = resolve
    allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({443})
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    connect_seconds: float = CONNECT_SECONDS
    all_seconds: float = ALL_SECONDS
    largest_answer: int = LARGEST_ANSWER

    def request(
        self, method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request and return its answer; redirects are answers like others.

        Raises NotSent for addresses that are refused, time-outs, large answers and broken lines.
        Never call this inside a transaction.
        """
        deadline = time.monotonic() + self.all_seconds
        parts = self._judged(url)
        host, port = str(parts.hostname), parts.port or 443
        address = self._address(host, port)
        try:
            raw = socket.create_connection((address, port), timeout=self.connect_seconds)
        except OSError as error:
            raise NotSent("no connection") from error
        try:
            with raw, self._wrapped(raw, host) as line, _cut_at(deadline, line):
                line.do_handshake()
                return self._exchange(line, method, parts, body, headers or {})
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = time.monotonic() >= deadline
            raise NotSent("too slow" if late else "broken line") from error

    def _wrapped(self, raw: socket.socket, host: str) -> ssl.SSLSocket:
        raw.settimeout(self.all_seconds)
        return self.context.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)

    def _judged(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port or 443
        except ValueError as error:
            raise NotSent("no address") from error
        if parts.scheme != "https" or not parts.hostname or not url.isascii() or " " in url:
            raise NotSent("only https addresses")
        if parts.username is not None or parts.password is not None:
            raise NotSent("no passwords in addresses")
        if port not in self.ports:
            raise NotSent("this port is not listed")
        return parts

    def _address(self, host: str, port: int) -> str:
        try:
            found = list(self.resolver(host, port))
        except OSError as error:
            raise NotSent("unknown host") from error
        if not found or not all(self.allowed(address) for address in found):
            raise NotSent("this host is not on the open internet")
        return found[0]

    def _exchange(
        self,
        line: ssl.SSLSocket,
        method: str,
        parts: SplitResult,
        body: bytes,
        headers: Mapping[str, str],
    ) -> Answer:
        wire = http.client.HTTPConnection(str(parts.hostname), parts.port or 443)
        wire.sock = line
        wire.putrequest(method, _target(parts), skip_host=True, skip_accept_encoding=True)
        wire.putheader("Host", parts.netloc)
        wire.putheader("Connection", "close")
        wire.putheader("Content-Length", str(len(body)))
        for name, value in headers.items():
            wire.putheader(name, value)
        wire.endheaders(body)
        response = wire.getresponse()
        content = b""
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > self.largest_answer:
                raise NotSent("the answer is too large")
        if response.length:
            raise NotSent("the answer ends too early")
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, named, content)


def request(
    method: str, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """One request by the rules of this page; see Outgoing.request."""
    return Outgoing().request(method, url, body=body, headers=headers)


def signature(secret: bytes, body: bytes, at: datetime) -> dict[str, str]:
    """The headers by which a receiver knows that we sent `body` at that moment: HMAC-SHA-256."""
    moment = str(int(at.timestamp()))
    mark = hmac.new(secret, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"Abdi-Time": moment, "Abdi-Signature": f"sha256={mark}"}


def _unwrapped(address: Address) -> list[Address]:
    """The address itself and all IPv4 addresses that it carries."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    low = ipaddress.IPv4Address(int(address) & _LOWEST_OF_IPV4)
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [low]
    if address in _NAT64_LOCAL or address in _COMPATIBLE:
        return [ipaddress.IPv4Address(0)]
    if address.sixtofour is not None:  # newer Pythons call the outer address not global
        return [address.sixtofour]
    carried: list[Address] = [address]
    if address.teredo is not None:
        carried += address.teredo
    return carried


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


@contextmanager
def _cut_at(deadline: float, line: ssl.SSLSocket) -> Iterator[None]:
    """End the connection at the deadline, also in the middle of a header that drips."""
    end = threading.Timer(max(deadline - time.monotonic(), 0), _cut, [line])
    end.daemon = True
    end.start()
    try:
        yield
    finally:
        end.cancel()


def _cut(line: ssl.SSLSocket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)
