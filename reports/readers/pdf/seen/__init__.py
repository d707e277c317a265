"""What of a PDF's page a reader's eye sees: characters, ink, layers, marks."""
