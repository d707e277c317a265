"""The second, independent way from HTML to tables."""
