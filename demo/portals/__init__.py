"""Portal families: each module turns columns and articles into the addresses and templates of one CMS."""
