-- Who may do what on Postgres. The database's owner runs this after every `nistaran init` or upgrade; it may be run again.
--
--   psql "$OWNER_URL" -v ON_ERROR_STOP=1 -f deployments/roles.sql
--   psql "$OWNER_URL" -c '\password nistaran_app'
--
-- nistaran_app     what the house runs as: it adds rows, and changes only the columns that move. It has no right to change or
--                  remove an event, a decision, a citizen's words, a due date. (A trigger refuses the first even to the owner.)
-- nistaran_reader  what reports and dashboards run as: everything but who complained, what they wrote and what offices wrote of it.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nistaran_app') THEN
        CREATE ROLE nistaran_app LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nistaran_reader') THEN
        CREATE ROLE nistaran_reader LOGIN;
    END IF;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, nistaran_app, nistaran_reader;
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
