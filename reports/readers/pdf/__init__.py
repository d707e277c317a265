"""PDF: characters and lines of its pages, and the tables that they make."""
