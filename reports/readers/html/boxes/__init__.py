"""Tables that a page draws without ``<table>``."""
