"""Which addresses are still to be asked for, and when again."""
