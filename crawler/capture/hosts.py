"""Keeps the crawler away from private networks: no page may lead it to the operator's own machines.

A portal's link, a redirect or a changed DNS record could name 127.0.0.1 or 192.168.1.1. So addresses are checked after
the name is resolved, the connection goes to the very address that was checked (a second look-up could answer
differently: DNS rebinding), and the peer is checked once more before the request is sent.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from scrapy.exceptions import IgnoreRequest
from twisted.internet.address import IPv4Address as TxIPv4Address
from twisted.internet.address import IPv6Address as TxIPv6Address
from twisted.internet.defer import Deferred, inlineCallbacks
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IResolutionReceiver, IStreamClientEndpoint
from twisted.web.error import SchemeNotSupported
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

NAT64 = IPv6Network("64:ff9b::/96")
OPTION = "--allow-private-hosts"


class PrivateAddress(IgnoreRequest, ValueError):
    """The address lies in a private network; raised instead of connecting. Not retried."""


def is_public(host: str) -> bool:
    """Whether an IP address is one of the public internet. IPv4 addresses inside IPv6 ones are looked at as well."""
    address: IPv4Address | IPv6Address = ip_address(host.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def admit_public(host: str) -> None:
    """Raises ``PrivateAddress`` for an IP address that is not public; names pass, their addresses are checked later."""
    try:
        public = is_public(host.strip("[]"))
    except ValueError:
        public = True  # a name
    if not public:
        raise PrivateAddress(f"{host} is a private address; {OPTION} would allow it")


@implementer(IStreamClientEndpoint)
class PublicEndpoint:
    """Connects to a host by name, to a public address only, and to exactly the address that was checked."""

    def __init__(self, reactor: Any, host: str, port: int, timeout: float, bind_address: Any) -> None:
        self._reactor = reactor
        self._host = host
        self._port = port
        self._timeout = timeout
        self._bind_address = bind_address

    @inlineCallbacks
    def connect(self, factory: Any) -> Any:
        """Resolves, checks, connects; the addresses are tried in turn."""
        admit_public(self._host)
        found = yield resolve(self._reactor, self._host, self._port)
        if not found:
            raise DNSLookupError(f"no address found for {self._host}")
        public = [address for address in found if is_public(address)]
        if not public:
            raise PrivateAddress(f"{self._host} resolves to the private address {found[0]}; {OPTION} would allow it")
        for number, address in enumerate(public, 1):
            endpoint = HostnameEndpoint(
                self._reactor, address, self._port, timeout=self._timeout, bindAddress=self._bind_address
            )
            try:
                protocol = yield endpoint.connect(factory)
            except Exception:
                if number == len(public):
                    raise
            else:
                return protocol


@implementer(IAgentEndpointFactory)
class PublicEndpoints:
    """Makes the endpoints of an agent: TCP for http, TLS for https, public addresses only."""

    def __init__(self, reactor: Any, tls_policy: Any, timeout: float, bind_address: Any) -> None:
        self._reactor = reactor
        self._tls_policy = tls_policy
        self._timeout = timeout
        self._bindAddress = bind_address  # Scrapy's agent looks for it under this name: part of a connection's key

    def endpointForURI(self, uri: Any) -> Any:  # noqa: N802  Twisted's name
        """An endpoint for an address."""
        host = uri.host.decode("ascii")
        endpoint: Any = PublicEndpoint(self._reactor, host, uri.port, self._timeout, self._bindAddress)
        if uri.scheme == b"http":
            return endpoint
        if uri.scheme == b"https":
            return wrapClientTLS(self._tls_policy.creatorForNetloc(uri.host, uri.port), endpoint)
        raise SchemeNotSupported(f"unsupported scheme: {uri.scheme!r}")


def resolve(reactor: Any, host: str, port: int = 0) -> Deferred[list[str]]:
    """All addresses of a host, through the resolver that Scrapy installed."""
    done: Deferred[list[str]] = Deferred()
    found: list[str] = []

    @implementer(IResolutionReceiver)
    class Receiver:
        def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
            pass

        def addressResolved(self, address: Any) -> None:  # noqa: N802
            if isinstance(address, TxIPv4Address | TxIPv6Address) and address.host not in found:
                found.append(address.host)

        def resolutionComplete(self) -> None:  # noqa: N802
            if not done.called:
                done.callback(found)

    reactor.nameResolver.resolveHostName(Receiver(), host, port)
    return done
