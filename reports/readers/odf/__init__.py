"""OpenDocument: texts and sheets."""
