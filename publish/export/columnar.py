"""Parquet, a file a table, in batches: typed columns, labels and units in each column's metadata."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pyarrow
import pyarrow.parquet

from publish.export.shapes import Shape

BATCH = 20_000
TYPES = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "string": pyarrow.string()}


def write(connection: sqlite3.Connection, shape: Shape, folder: Path, version: str) -> Path:
    """``NAME.parquet``."""
    path = folder / f"{shape.name}.parquet"
    schema = pyarrow.schema(
        [
            pyarrow.field(
                field.name, TYPES[field.kind],
                metadata={"label": field.column.label, "label_en": field.column.label_en, "unit": field.column.unit,
                "unit_en": field.column.unit_en},
            )
            for field in shape.fields
        ],
        metadata={"gongkai.version": version},
    )  # fmt: skip
    kinds = [field.kind for field in shape.fields]
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        cursor = shape.rows(connection)
        while rows := cursor.fetchmany(BATCH):
            columns = [
                pyarrow.array(
                    values if kind != "string" else [None if value is None else str(value) for value in values],
                    TYPES[kind],
                )
                for kind, values in zip(kinds, zip(*rows, strict=True), strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(columns, schema=schema))
    return path
