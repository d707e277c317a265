"""The tables of ``frontier.db``: what each portal has, what its lists said, when it was visited, who refuses."""

from __future__ import annotations

#: Of the tables below; a file of an older one gets what it lacks.
VERSION = 6

SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
  id INTEGER PRIMARY KEY,
  portal TEXT NOT NULL,
  canonical TEXT NOT NULL,             -- crawler.address.canonical of the address, with method and body of a POST
  url TEXT NOT NULL,
  method TEXT NOT NULL DEFAULT 'GET',
  body TEXT,
  host TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dropped')),
  reason TEXT,
  priority REAL NOT NULL,
  kind TEXT NOT NULL,                  -- seed, hub, column, pager, organ, report, attachment, notice, other …
  rule TEXT NOT NULL,                  -- why it was added, for people
  via TEXT, anchor TEXT, context TEXT, -- the page on which the link stood, its text, the heading above it
  parent INTEGER,                      -- page.id of via
  branch TEXT,                         -- the list of links that it stands in: its yield decides over the rest
  depth INTEGER NOT NULL DEFAULT 0,
  family TEXT, memo TEXT,              -- who reads the answer, and what it needs for it (JSON)
  listing TEXT, number INTEGER,        -- the column whose page this is, and its number
  year INTEGER, listed TEXT,           -- reported year and date as the link tells them
  added REAL NOT NULL, done REAL, due REAL NOT NULL DEFAULT 0,
  capture TEXT, digest TEXT, status INTEGER, etag TEXT, modified TEXT,
  report INTEGER NOT NULL DEFAULT 0,   -- 1: a report was read from it
  useful INTEGER NOT NULL DEFAULT 0,   -- 1: it led to a report, or is one
  tries INTEGER NOT NULL DEFAULT 0,
  conditional INTEGER NOT NULL DEFAULT 0,
  checks INTEGER NOT NULL DEFAULT 0,
  claimed TEXT,                        -- the run that is at work on it; a later run may take it over
  UNIQUE (portal, canonical),
  CHECK (state = 'pending' OR (state = 'done' AND done IS NOT NULL) OR (state = 'dropped' AND reason IS NOT NULL))
) STRICT;
CREATE INDEX IF NOT EXISTS page_next ON page (portal, state, host, priority DESC, id);
CREATE INDEX IF NOT EXISTS page_branch ON page (portal, branch, state);
CREATE INDEX IF NOT EXISTS page_yield ON page (portal, branch, done) WHERE done IS NOT NULL;
CREATE INDEX IF NOT EXISTS page_digest ON page (portal, digest);
CREATE TABLE IF NOT EXISTS entry (      -- what a column lists: the proof of its end, and of changed entries
  portal TEXT NOT NULL, listing TEXT NOT NULL, canonical TEXT NOT NULL, text TEXT, listed TEXT, number INTEGER,
  PRIMARY KEY (portal, listing, canonical)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listing (
  portal TEXT NOT NULL, listing TEXT NOT NULL, url TEXT NOT NULL, title TEXT, family TEXT,
  records INTEGER, pages INTEGER,       -- as the page announces them
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'complete', 'incomplete', 'sampled')),
  proof TEXT,
  PRIMARY KEY (portal, listing)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS visit (
  portal TEXT NOT NULL, crawl TEXT NOT NULL, started REAL NOT NULL, ended REAL, outcome TEXT, reason TEXT,
  PRIMARY KEY (portal, crawl)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS block (
  portal TEXT NOT NULL, host TEXT NOT NULL, kind TEXT NOT NULL, since REAL NOT NULL, until REAL NOT NULL, url TEXT,
  PRIMARY KEY (portal, host)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (   -- parameters of addresses that are session ids at this portal
  portal TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (portal, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS home_link ( -- what each home page (page.id) linked when it was last read
  portal TEXT NOT NULL, seed INTEGER NOT NULL, canonical TEXT NOT NULL, PRIMARY KEY (portal, seed, canonical)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS distrusted ( -- hosts whose ETag and Last-Modified stay the same when their pages change
  portal TEXT NOT NULL, host TEXT NOT NULL, PRIMARY KEY (portal, host)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tested (      -- hosts that were asked whether their 304 says anything
  portal TEXT NOT NULL, host TEXT NOT NULL, PRIMARY KEY (portal, host)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stir (       -- a visit saw something change, and has not asked for the known reports again
  portal TEXT PRIMARY KEY, since REAL NOT NULL
) STRICT, WITHOUT ROWID;
-- an older program left the host behind where a page was found to answer with www, and asked for home pages later
UPDATE page SET host = host_of(url) WHERE instr(url, '//' || host) = 0;
UPDATE page SET priority = 110 WHERE kind = 'seed';
PRAGMA user_version = 6;
"""
