"""What becomes of a page that has come."""
