"""Reads yearly open-government reports: bytes in, record out. Pure Python: no Scrapy, no SQLite, no network."""
