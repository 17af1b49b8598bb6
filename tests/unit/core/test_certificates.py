"""Certificates are read when something encrypted is asked for, and what was made without them trusts nobody."""

from __future__ import annotations

import ssl
import subprocess
import sys
from datetime import timedelta

import pytest

from bot.adapters.telegram.wire import Timing, Wire
from bot.core.certificates import trusted, unread


def test_what_is_made_without_certificates_trusts_nobody() -> None:
    with unread():
        context = ssl.create_default_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats()["x509"] == 0


def test_afterwards_they_are_read_again() -> None:
    before = ssl.SSLContext.set_default_verify_paths
    with unread():
        assert ssl.SSLContext.set_default_verify_paths is not before
    assert ssl.SSLContext.set_default_verify_paths is before


def test_an_encrypted_connection_is_verified_by_the_certificates_of_this_machine() -> None:
    context = trusted()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.cert_store_stats() == ssl.create_default_context().cert_store_stats()


@pytest.mark.parametrize(
    ("url", "proxy", "wanted"),
    [
        ("https://api.example/bot", None, True),
        ("http://127.0.0.1:8081/bot", None, False),
        ("http://127.0.0.1:8081/bot", "https://proxy.example", True),
    ],
)
def test_whatever_is_encrypted_on_the_way_is_verified(url: str, proxy: str | None, wanted: bool) -> None:
    wire = Wire(1, Timing(connect=timedelta(seconds=1)), proxy)
    assert (wire._trusted(url) is trusted()) == wanted


def test_a_start_reads_no_certificate() -> None:
    script = (
        "import ssl\n"
        "from bot.core.certificates import unread\n"
        "with unread():\n"
        "    import aiohttp.connector as made\n"
        "print(made._SSL_CONTEXT_VERIFIED.cert_store_stats()['x509'], made._SSL_CONTEXT_VERIFIED.verify_mode.name)"
    )
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    assert told == ["0", "CERT_REQUIRED"]
