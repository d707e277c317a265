"""Plain text, and the tables that lines of it draw."""
