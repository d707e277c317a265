-- The tables: what the database knows. Everything can be made again from the archive (gongkai rebuild).
-- Times are those of the captures (UTC, ISO 8601), days are YYYY-MM-DD. The wide tables figures and panel are made from data files.

-- Lookup tables, and what a crawl saw.
CREATE TABLE division (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, full_name TEXT NOT NULL, name_en TEXT NOT NULL, pinyin TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('nation', 'province', 'prefecture', 'county')),
  parent TEXT REFERENCES division(code), province TEXT REFERENCES division(code)
) STRICT;
CREATE TABLE portal (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, home TEXT NOT NULL, division TEXT REFERENCES division(code), family TEXT,
  state TEXT NOT NULL DEFAULT 'unverified', silent_since TEXT
) STRICT;
CREATE TABLE organ_kind (
  code TEXT PRIMARY KEY, label TEXT NOT NULL, label_en TEXT NOT NULL, "order" INTEGER NOT NULL
) STRICT;
CREATE TABLE organ (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, division TEXT REFERENCES division(code), portal TEXT REFERENCES portal(id),
  level TEXT, kind TEXT NOT NULL REFERENCES organ_kind(code), pinyin TEXT NOT NULL, initials TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE organ_name (
  organ TEXT NOT NULL REFERENCES organ(id), name TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
  PRIMARY KEY (organ, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE crawl (
  id TEXT PRIMARY KEY, portal TEXT NOT NULL REFERENCES portal(id), started TEXT NOT NULL, ended TEXT,
  outcome TEXT NOT NULL DEFAULT 'unfinished', requests INTEGER, captures INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0, reports_new INTEGER NOT NULL DEFAULT 0, reports_changed INTEGER NOT NULL DEFAULT 0,
  exact INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE capture (
  id TEXT PRIMARY KEY, crawl TEXT NOT NULL REFERENCES crawl(id), portal TEXT NOT NULL REFERENCES portal(id),
  url TEXT NOT NULL, time TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('response', 'revisit', 'resource')),
  status INTEGER NOT NULL, media_type TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL, warc TEXT NOT NULL,
  "offset" INTEGER NOT NULL, length INTEGER NOT NULL, refers_to TEXT, via TEXT, anchor TEXT, depth INTEGER NOT NULL DEFAULT 0,
  rule TEXT, truncated TEXT, exact INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX capture_url ON capture (url, time);
CREATE INDEX capture_portal ON capture (portal, warc, "offset");
CREATE INDEX capture_crawl ON capture (crawl);

-- What was read: one row a record of a capture, and the record itself once a content. dirty: what the panel has not seen yet.
CREATE TABLE content (
  digest TEXT PRIMARY KEY, extractor TEXT, record BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE reading (
  capture TEXT NOT NULL REFERENCES capture(id), n INTEGER NOT NULL, portal TEXT NOT NULL, url TEXT NOT NULL, time TEXT NOT NULL,
  verdict TEXT NOT NULL, sense TEXT, figures TEXT, quality INTEGER NOT NULL DEFAULT 0, content TEXT REFERENCES content(digest),
  organ TEXT, organ_name TEXT, year INTEGER, report TEXT, page TEXT, extractor TEXT,
  PRIMARY KEY (capture, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_report ON reading (report, time);
CREATE INDEX reading_url ON reading (url, time);
CREATE INDEX reading_content ON reading (content);
CREATE INDEX reading_organ ON reading (organ, time);
CREATE INDEX reading_page ON reading (page) WHERE page IS NOT NULL;
CREATE TABLE dirty (report TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Reports, and what is read off them: every row below report is made again whenever the report is.
CREATE TABLE report (
  id TEXT PRIMARY KEY, organ TEXT NOT NULL REFERENCES organ(id), year INTEGER NOT NULL, title TEXT, published TEXT,
  statutory_date TEXT, days_late INTEGER, scope TEXT CHECK (scope IN ('jurisdiction', 'organ')),
  form_proactive TEXT, form_applications TEXT, form_review TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ('verified', 'inconsistent', 'incomplete', 'unreadable')),
  capture TEXT NOT NULL REFERENCES capture(id), n INTEGER NOT NULL DEFAULT 0, url TEXT NOT NULL, portal TEXT NOT NULL REFERENCES portal(id),
  version INTEGER NOT NULL, extractor TEXT, reader TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, gone_since TEXT,
  new_received INTEGER, carried_in INTEGER, granted INTEGER, partly_granted INTEGER, handled_total INTEGER,
  carried_forward INTEGER, review_total INTEGER, suit_total INTEGER,
  failed_checks INTEGER NOT NULL DEFAULT 0, warnings INTEGER NOT NULL DEFAULT 0, problems INTEGER NOT NULL DEFAULT 0,
  text_length INTEGER NOT NULL DEFAULT 0, similarity REAL, content TEXT NOT NULL REFERENCES content(digest), basis TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE, UNIQUE (organ, year)
) STRICT;
CREATE TABLE report_address (
  report TEXT NOT NULL REFERENCES report(id), url TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, gone_since TEXT,
  PRIMARY KEY (report, url)
) STRICT, WITHOUT ROWID;
CREATE TABLE report_version (
  report TEXT NOT NULL REFERENCES report(id), version INTEGER NOT NULL, seen TEXT NOT NULL,
  capture TEXT NOT NULL REFERENCES capture(id), verdict TEXT NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (report, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure_change (
  report TEXT NOT NULL REFERENCES report(id), version INTEGER NOT NULL, "table" TEXT NOT NULL, row TEXT NOT NULL,
  "column" TEXT NOT NULL, before ANY, after ANY, before_raw TEXT, after_raw TEXT,
  PRIMARY KEY (report, version, "table", row, "column")
) STRICT, WITHOUT ROWID;
CREATE TABLE item (
  code TEXT PRIMARY KEY, "table" TEXT NOT NULL, row TEXT NOT NULL, "column" TEXT NOT NULL, label TEXT NOT NULL, label_en TEXT NOT NULL,
  unit TEXT NOT NULL, unit_en TEXT NOT NULL, generations TEXT NOT NULL, formula TEXT, "order" INTEGER NOT NULL
) STRICT;
CREATE TABLE cell_note (
  report TEXT NOT NULL REFERENCES report(id), "table" TEXT NOT NULL, row TEXT NOT NULL, "column" TEXT NOT NULL, state TEXT NOT NULL,
  raw TEXT NOT NULL, value ANY, note TEXT, PRIMARY KEY (report, "table", row, "column")
) STRICT, WITHOUT ROWID;
CREATE TABLE "check" (
  report TEXT NOT NULL REFERENCES report(id), rule TEXT NOT NULL, at TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL,
  expected REAL, actual REAL, message TEXT, PRIMARY KEY (report, rule, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE contact (
  id TEXT PRIMARY KEY, organ TEXT NOT NULL REFERENCES organ(id), report TEXT NOT NULL REFERENCES report(id), name TEXT, address TEXT,
  postcode TEXT, phones TEXT NOT NULL, faxes TEXT NOT NULL, emails TEXT NOT NULL, websites TEXT NOT NULL,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL
) STRICT;
CREATE TABLE section (
  id INTEGER PRIMARY KEY, report TEXT NOT NULL REFERENCES report(id), n INTEGER NOT NULL, number TEXT, title TEXT NOT NULL,
  text TEXT NOT NULL, organ TEXT NOT NULL REFERENCES organ(id), year INTEGER NOT NULL, province TEXT REFERENCES division(code),
  indexed INTEGER NOT NULL DEFAULT 0, UNIQUE (report, n)
) STRICT;
CREATE INDEX section_unindexed ON section (id) WHERE indexed = 0;
CREATE TABLE narrative (
  report TEXT NOT NULL REFERENCES report(id), n INTEGER NOT NULL, key TEXT NOT NULL, value REAL NOT NULL, raw TEXT NOT NULL,
  section TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL, scope TEXT, PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE statistic (
  report TEXT NOT NULL REFERENCES report(id), n INTEGER NOT NULL, indicator TEXT NOT NULL, key TEXT, unit TEXT, value REAL,
  raw TEXT NOT NULL, PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE attachment (
  report TEXT NOT NULL REFERENCES report(id), n INTEGER NOT NULL, url TEXT NOT NULL, name TEXT NOT NULL,
  capture TEXT REFERENCES capture(id), PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE problem (
  id TEXT PRIMARY KEY, portal TEXT REFERENCES portal(id), crawl TEXT REFERENCES crawl(id), report TEXT REFERENCES report(id),
  capture TEXT REFERENCES capture(id), code TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL, place TEXT NOT NULL,
  first_seen TEXT NOT NULL, source TEXT NOT NULL CHECK (source IN ('crawl', 'page', 'identity'))
) STRICT;
CREATE TABLE coverage (
  division TEXT NOT NULL REFERENCES division(code), year INTEGER NOT NULL, province TEXT REFERENCES division(code),
  expected INTEGER NOT NULL, found INTEGER NOT NULL, verified INTEGER NOT NULL, PRIMARY KEY (division, year)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_year ON report (year, verdict);
CREATE INDEX report_verdict ON report (verdict);
CREATE INDEX report_published ON report (published);
CREATE INDEX report_capture ON report (capture);
CREATE INDEX report_portal ON report (portal, year);
CREATE INDEX report_first_seen ON report (first_seen);
CREATE INDEX report_content ON report (content);
CREATE INDEX report_address_url ON report_address (url);
CREATE INDEX report_version_seen ON report_version (seen);
CREATE INDEX check_rule ON "check" (rule, status);
CREATE INDEX problem_report ON problem (report);
CREATE INDEX problem_portal ON problem (portal, code);
CREATE INDEX problem_capture ON problem (capture);
CREATE INDEX problem_crawl ON problem (crawl);
CREATE INDEX problem_code ON problem (code, severity);
CREATE INDEX organ_division ON organ (division, kind);
CREATE INDEX organ_by_kind ON organ (kind);
CREATE INDEX organ_portal ON organ (portal);
CREATE INDEX organ_initials ON organ (initials);
CREATE INDEX contact_organ ON contact (organ);
CREATE INDEX contact_report ON contact (report);
CREATE INDEX section_province_year ON section (province, year);
CREATE INDEX attachment_url ON attachment (url);
CREATE INDEX attachment_capture ON attachment (capture);
CREATE INDEX division_parent ON division (parent);

-- Full text: character bigrams, see pipelines/store/search.py. Contentless: the text itself stays in its own table.
CREATE VIRTUAL TABLE search USING fts5 (text, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE search_report USING fts5 (text, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE search_organ USING fts5 (text, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE search_label (
  kind TEXT NOT NULL CHECK (kind IN ('report', 'organ')), seq INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, seq)
) STRICT, WITHOUT ROWID;
