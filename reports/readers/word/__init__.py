"""Word files: DOC, DOCX and RTF."""
