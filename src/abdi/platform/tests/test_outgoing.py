import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from abdi.platform.outgoing import NotSent, Outgoing, is_public, request, signature

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for hook.example, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hook.example")])
    since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(since)
        .not_valid_after(since + dt.timedelta(days=365 * 200))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hook.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def hook(certificate):
    """Start a server on loopback that answers with given chunks; returns port and requests."""
    ends = []

    def start(*chunks, pause=0.0):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        listener = socket.create_server(("127.0.0.1", 0))
        seen = []

        def serve():
            try:
                raw, _peer = listener.accept()
                with context.wrap_socket(raw, server_side=True) as line:
                    seen.append(_whole_request(line))
                    for chunk in chunks:
                        line.sendall(chunk)
                        time.sleep(pause)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        ends.append((listener, thread))
        return listener.getsockname()[1], seen

    yield start
    for listener, thread in ends:
        listener.close()
        thread.join(3)


def _whole_request(line):
    got = b""
    while not (b"\r\n\r\n" in got and (b"Content-Length: 0" in got or got.endswith(b"{}"))):
        got += line.recv(65_536)
    return got


def outgoing(port, certificate, **options):
    return Outgoing(
        resolver=lambda host, port: ["127.0.0.1"],
        allowed=lambda address: True,
        ports=frozenset({port}),
        context=ssl.create_default_context(cafile=str(certificate)),
        **options,
    )


def test_a_request_reaches_its_host_and_brings_the_answer(hook, certificate):
    port, seen = hook(OK)
    sent = outgoing(port, certificate).request(
        "POST", f"https://hook.example:{port}/in?x=1", body=b"{}", headers={"Abdi-Time": "1"}
    )
    assert (sent.status, sent.body, sent.headers["content-length"]) == (200, b"ok", "2")
    head = seen[0].decode()
    assert head.startswith("POST /in?x=1 HTTP/1.1\r\n")
    assert f"Host: hook.example:{port}\r\n" in head
    assert head.endswith("{}")


def test_redirects_are_not_followed(hook, certificate):
    port, _seen = hook(
        b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    )
    assert outgoing(port, certificate).request("GET", f"https://hook.example:{port}/").status == 302


def test_a_certificate_of_another_name_is_refused(hook, certificate):
    port, _seen = hook(OK)
    with pytest.raises(NotSent, match="broken line"):
        outgoing(port, certificate).request("GET", f"https://other.example:{port}/")


def test_large_answers_are_refused(hook, certificate):
    port, _seen = hook(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 20_000)
    with pytest.raises(NotSent, match="too large"):
        outgoing(port, certificate, largest_answer=10_000).request(
            "GET", f"https://hook.example:{port}/"
        )


def test_answers_that_drip_end_at_the_deadline(hook, certificate):
    port, _seen = hook(*[b"H"] * 40, pause=0.1)
    start = time.monotonic()
    with pytest.raises(NotSent, match="too slow"):
        outgoing(port, certificate, all_seconds=0.5).request("GET", f"https://hook.example:{port}/")
    assert time.monotonic() - start < 3


def test_half_an_answer_is_no_answer(hook, certificate):
    port, _seen = hook(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    with pytest.raises(NotSent):
        outgoing(port, certificate).request("GET", f"https://hook.example:{port}/")


def test_nobody_at_the_port_is_said_so(certificate):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotSent, match="no connection"):
        outgoing(port, certificate).request("GET", f"https://hook.example:{port}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://hook.example/",
        "ftp://hook.example/",
        "file:///etc/passwd",
        "https:///x",
        "https://user:word@hook.example/",
        "https://hook.example:22/",
        "https://hook.example:99999/",
        "https://hook.example/a b",
        "https://hook.example/\r\nX: y",
        "https://hóok.example/",
        "https://[::1/",
        "",
    ],
)
def test_addresses_that_are_not_plain_https_are_refused(url):
    with pytest.raises(NotSent):
        Outgoing(resolver=lambda host, port: ["93.184.216.34"]).request("GET", url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808",
        "2002:7f00:1::1", "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe", "not an address", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused_also_when_wrapped(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34",
        "2606:2800:220:1::1",
        "::ffff:93.184.216.34",
        "64:ff9b::5db8:d822",
        "2002:5db8:d822::1",
    ],
)
def test_public_addresses_are_taken(address):
    assert is_public(address)


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    mixed = Outgoing(resolver=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(NotSent, match="open internet"):
        mixed.request("GET", "https://hook.example/")


def test_the_name_is_asked_once_so_it_cannot_change_its_mind(hook, certificate):
    port, _seen = hook(OK)
    asked = []

    def changing(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    sender = Outgoing(
        resolver=changing,
        allowed=lambda address: ipaddress.ip_address(address).is_loopback,
        ports=frozenset({port}),
        context=ssl.create_default_context(cafile=str(certificate)),
    )
    assert sender.request("GET", f"https://hook.example:{port}/").status == 200
    assert asked == ["hook.example"]


def test_loopback_names_are_refused_by_the_real_resolver():
    with pytest.raises(NotSent, match="open internet"):
        request("GET", "https://localhost/")


def test_unknown_hosts_are_said_so():
    def none(host, port):
        raise OSError

    with pytest.raises(NotSent, match="unknown host"):
        Outgoing(resolver=none).request("GET", "https://nowhere.example/")


def test_the_signature_covers_time_and_body():
    at = dt.datetime(2026, 8, 17, tzinfo=dt.UTC)
    signed = signature(b"secret", b"{}", at)
    assert signed["Abdi-Time"] == "1786924800"
    assert signed["Abdi-Signature"].startswith("sha256=")
    assert signed != signature(b"secret", b"{ }", at)
    assert signed != signature(b"secret", b"{}", at + dt.timedelta(seconds=1))
