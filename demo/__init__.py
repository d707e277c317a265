"""The demo portals: invented organs and balanced figures, rendered as several CMS families, served on loopback."""
