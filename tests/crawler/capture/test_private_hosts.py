"""The crawler stays out of private networks: by address, after name resolution, and when DNS changes its answer."""

from __future__ import annotations

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from twisted.internet.protocol import Factory, Protocol
from twisted.internet.testing import MemoryReactorClock
from twisted.web.client import URI
from zope.interface import implementer

from crawler.capture.hosts import PrivateAddress, PublicEndpoints, admit_public, is_public
from crawler.capture.single import public_address

PUBLIC = ["8.8.8.8", "1.1.1.1", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "114.114.114.114"]
PRIVATE = [
    "127.0.0.1",
    "127.255.0.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",  # the metadata service of cloud machines
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)
    admit_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(PrivateAddress, match="private address"):
        admit_public(f"[{address}]" if ":" in address else address)


def test_names_are_checked_when_they_are_resolved() -> None:
    admit_public("portal.invalid")
    with pytest.raises(PrivateAddress, match="localhost resolves to the private address"):
        public_address("localhost")
    with pytest.raises(PrivateAddress):
        public_address("127.0.0.1")
    with pytest.raises(ValueError, match="cannot be resolved"):
        public_address("portal.invalid")


@implementer(IHostnameResolver)
class Names:
    """A resolver whose answers change from one question to the next, as in DNS rebinding."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def resolveHostName(self, receiver: Any, name: str, portNumber: int = 0, *_: Any, **__: Any) -> Any:  # noqa: N803
        self.asked.append(name)
        literal = name.replace(".", "").isdigit() or ":" in name
        found = [name] if literal else self.answers.pop(0)
        receiver.resolutionBegan(Resolution())
        for host in found:
            kind = IPv6Address if ":" in host else IPv4Address
            receiver.addressResolved(kind("TCP", host, portNumber))
        receiver.resolutionComplete()
        return receiver


@implementer(IHostResolution)
class Resolution:
    name = "portal.invalid"

    def cancel(self) -> None:
        """Nothing to cancel: the answer comes at once."""


def connect(url: str, names: Names) -> tuple[MemoryReactorClock, Deferred[Any]]:
    reactor: Any = MemoryReactorClock()
    reactor.nameResolver = names
    endpoint = PublicEndpoints(reactor, None, 10, None).endpointForURI(URI.fromBytes(url.encode()))
    return reactor, endpoint.connect(Factory.forProtocol(Protocol))


def outcome(connecting: Deferred[Any]) -> list[Any]:
    seen: list[Any] = []
    connecting.addBoth(lambda result: seen.append(getattr(result, "value", result)))
    return seen


@pytest.mark.parametrize("private", ["127.0.0.1", "192.168.0.1", "fe80::1"])
def test_a_name_of_a_private_address_is_not_connected_to(private: str) -> None:
    reactor, connecting = connect("http://portal.invalid/", Names([private]))
    [error] = outcome(connecting)
    assert isinstance(error, PrivateAddress)
    assert "portal.invalid resolves to the private address" in str(error)
    assert not reactor.tcpClients


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    names = Names(["10.0.0.1", "8.8.8.8"], ["127.0.0.1"])
    reactor, connecting = connect("http://portal.invalid:8080/", names)
    seen = outcome(connecting)
    reactor.advance(1)
    assert [client[:2] for client in reactor.tcpClients] == [("8.8.8.8", 8080)]
    assert names.asked.count("portal.invalid") == 1, "a second question could get another answer"
    assert not seen


def test_a_name_without_addresses_is_told() -> None:
    [error] = outcome(connect("http://portal.invalid/", Names([]))[1])
    assert "no address found for portal.invalid" in str(error)
