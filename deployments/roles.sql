-- Who may do what on Postgres. The database's owner runs this after every `nistaran init` or upgrade; it may be run again.
--
--   psql "$OWNER_URL" -v ON_ERROR_STOP=1 -f deployments/roles.sql
--   psql "$OWNER_URL" -c '\password nistaran_app'
--
-- nistaran_app     what the house runs as: it adds rows, and changes only the columns that move. It has no right to change or
--                  remove an event, a decision, a citizen's words, a due date. (A trigger refuses the first even to the owner.)
-- nistaran_retain  what `nistaran retain` and its nightly flow run as (NISTARAN_RETAIN_DATABASE): all of the above, and taking away
--                  what a person wrote after its time. Nothing else may; the ledger not even it.
-- nistaran_reader  what reports and dashboards run as: everything but who complained, what they wrote and what offices wrote of it.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nistaran_app') THEN
        CREATE ROLE nistaran_app LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nistaran_retain') THEN
        CREATE ROLE nistaran_retain LOGIN CREATEDB;  -- a backup is tried out in a database of its own, dropped again
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nistaran_reader') THEN
        CREATE ROLE nistaran_reader LOGIN;
    END IF;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, nistaran_app, nistaran_retain, nistaran_reader;
GRANT USAGE ON SCHEMA public TO nistaran_app, nistaran_reader;

GRANT SELECT, INSERT ON
    files, cases, words, complainants, links, decisions, desks, events, outbox, refusals, counters, house, corrections, tasks,
    reports, feedback, marks, sweeps
    TO nistaran_app;
GRANT SELECT ON alembic_version TO nistaran_app, nistaran_reader;
GRANT USAGE ON SEQUENCE decisions_id_seq, outbox_id_seq TO nistaran_app;

GRANT UPDATE (status, department, office) ON cases TO nistaran_app;
GRANT UPDATE (until) ON desks TO nistaran_app;
GRANT UPDATE (state, due_at, token, attempts, outcome, delivered_at) ON outbox TO nistaran_app;
GRANT UPDATE (name, source, state, rows, accepted, known, refused, notes) ON files TO nistaran_app;
GRANT UPDATE (state) ON refusals TO nistaran_app;
GRANT UPDATE (value) ON counters TO nistaran_app;
GRANT UPDATE (state, closed_at, closed_by) ON tasks TO nistaran_app;
GRANT UPDATE (state, decided_by, decided_at, why) ON reports TO nistaran_app;
GRANT UPDATE (trust, trusted_at, trusted_by, office, why_quarantined) ON corrections TO nistaran_app;

GRANT SELECT ON files, cases, links, decisions, desks, events, outbox, counters, house, corrections, tasks, feedback, marks, sweeps
    TO nistaran_reader;
-- Of a report not what the office wrote, nor the words found wanting, nor the files' names: people's names stand in all of them.
GRANT SELECT (id, case_id, case_number, office, said_by, at, close, reasons, reject_probability, model, state, decided_by, decided_at, why)
    ON reports TO nistaran_reader;

-- Heartbeats, and what was masked and purged. Only nistaran_retain takes anything away.
GRANT SELECT, INSERT ON heartbeats TO nistaran_app;
GRANT UPDATE (at, runs, counts) ON heartbeats TO nistaran_app;
GRANT SELECT ON erasures, gone_objects TO nistaran_app;
GRANT SELECT ON heartbeats, erasures, gone_objects TO nistaran_reader;
GRANT nistaran_app TO nistaran_retain;
GRANT INSERT ON erasures, gone_objects TO nistaran_retain;
GRANT UPDATE (done) ON gone_objects TO nistaran_retain;
GRANT DELETE ON words, complainants, refusals, logins TO nistaran_retain;
GRANT UPDATE (text, facts) ON words TO nistaran_retain;
GRANT UPDATE (sealed) ON complainants TO nistaran_retain;
GRANT UPDATE (grounds) ON decisions TO nistaran_retain;
GRANT UPDATE (body) ON outbox TO nistaran_retain;
GRANT UPDATE (text, fields, attachments, findings) ON reports TO nistaran_retain;

-- Officers, their logins, rosters: an entry is filled up or ended, never removed; a use of a login is never changed. Reports see which
-- post has which login, not whose name and number stand behind it.
GRANT SELECT, INSERT ON officers, logins, rosters TO nistaran_app;
GRANT UPDATE (until, name, designation, mobile, email, login) ON officers TO nistaran_app;
GRANT UPDATE (until, village, place, office, name, mobile, weekdays, sits_at) ON rosters TO nistaran_app;
GRANT SELECT ON logins TO nistaran_reader;
GRANT SELECT (office, post, since, until, designation, login) ON officers TO nistaran_reader;
GRANT SELECT (place_key, post, since, until, village, place, office, weekdays, sits_at) ON rosters TO nistaran_reader;

-- Letters for a signature, daily notices, clean-up orders: what stands on them is never changed, only how far each has come.
GRANT SELECT, INSERT ON drafts, draft_cases, daily_notices, orders, order_cases TO nistaran_app;
GRANT UPDATE (state, acts) ON drafts TO nistaran_app;
GRANT UPDATE (acknowledged_at, acknowledged_by) ON daily_notices TO nistaran_app;
GRANT UPDATE (state, ended_at, ended_by, ended_why) ON orders TO nistaran_app;
GRANT SELECT ON drafts, draft_cases, daily_notices, orders, order_cases TO nistaran_reader;

-- What departments promised at weekly reviews: added, never changed. The reader sees all but the officer's own words.
GRANT SELECT, INSERT ON promises TO nistaran_app;
GRANT USAGE ON SEQUENCE promises_id_seq TO nistaran_app;
GRANT SELECT (id, department, target, counted, number, said_by, at) ON promises TO nistaran_reader;

-- pg_dump reads where every sequence stands: backups are made as nistaran_retain.
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO nistaran_retain;
