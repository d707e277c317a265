"""What of a page's markup a browser shows: styles, sheets and scripts that hide, move, write or mark a figure."""
