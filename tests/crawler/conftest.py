"""One nursery for all the crawls of a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crawler import crawls


@pytest.fixture(scope="session", autouse=True)
def nursery() -> Iterator[None]:
    yield
    crawls.close()
