"""Single requests outside a crawl (a portal's check, an archive of the web), which reach the public internet only.

Apart from ``hosts``, since a crawl does without these libraries.
"""

from __future__ import annotations

from socket import getaddrinfo
from typing import Any

import httpcore
import httpx

from crawler.capture.hosts import OPTION, PrivateAddress, admit_public, is_public


def public_address(host: str) -> str:
    """An address of a host, all of them public. Raises ``PrivateAddress``, and ``ValueError`` for an unknown name."""
    admit_public(host)
    try:
        found = getaddrinfo(host.strip("[]"), None)
    except OSError as error:
        raise ValueError(f"{host} cannot be resolved: {error.strerror or error}") from error
    for *_, address in found:
        if not is_public(str(address[0])):
            raise PrivateAddress(f"{host} resolves to the private address {address[0]}; {OPTION} would allow it")
    return str(found[0][4][0])


class _PublicBackend(httpcore.SyncBackend):
    """Connects to the very address that was checked: the name could resolve to another one a moment later."""

    def connect_tcp(self, host: str, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        """As httpcore has it; the certificate is still checked against the name."""
        return super().connect_tcp(public_address(host), *args, **kwargs)


def public_transport() -> httpx.HTTPTransport:
    """For an ``httpx.Client`` that reaches the public internet only."""
    transport = httpx.HTTPTransport()
    transport._pool._network_backend = _PublicBackend()
    return transport
