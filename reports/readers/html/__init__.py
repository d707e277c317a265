"""HTML: the page as a browser shows it, in blocks and tables; ``again`` is the second reading."""
