"""The processes of a crawl: who starts them, where they come from, how several machines share the portals."""
