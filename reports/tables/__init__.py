"""Grids against the national forms: tables found by what they are, cells read, nothing dropped in silence."""
