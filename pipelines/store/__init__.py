"""The store: captures in, tables out. Schema, the single writer, identity, versions, panel, search index, snapshot."""

from pipelines.store.connection import StoreError
from pipelines.store.search import match_query
from pipelines.store.snapshot import publish_snapshot
from pipelines.store.store import Store

__all__ = ["Store", "StoreError", "match_query", "publish_snapshot"]
