"""The data set as files: every format from one list of tables, with the codebook beside them. Deterministic."""

from publish.export.data_set import FORMATS, ExportError, export

__all__ = ["FORMATS", "ExportError", "export"]
