"""Which portals there are, and how a new one is entered."""
