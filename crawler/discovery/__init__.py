"""Discovery: what a page links, what its links promise, how its lists go on."""
