"""Tables without ruled lines, by where their words stand."""
