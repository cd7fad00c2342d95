-- A case on disk. `readings` is what was read, one row a report, never changed by a rebuild. `rows` is what
-- the case holds, a pure function of readings and judgements. `judgements` is append-only.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
  report TEXT PRIMARY KEY,
  annotator TEXT NOT NULL,
  report_body BLOB NOT NULL,
  annotations_body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rows (
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  report TEXT,
  body BLOB NOT NULL,
  PRIMARY KEY (name, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rows_by_report ON rows (report, name) WHERE report IS NOT NULL;
CREATE TABLE IF NOT EXISTS judgements (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (path TEXT NOT NULL, stage TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (path, stage)) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (
  name UNINDEXED, id UNINDEXED, text, tokenize = "unicode61 remove_diacritics 2"
);
