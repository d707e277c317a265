"""Manners: robots.txt and its Crawl-delay, one queue a host, Retry-After, and pages that refuse us."""
