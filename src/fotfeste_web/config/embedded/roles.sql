-- The three roles and what the database lets everybody do. Run in the database itself, as a superuser; it may
-- be run again. The embedded server does it at each start, on a server of your own you do it once:
--     createdb fotfeste && psql -d fotfeste -v ON_ERROR_STOP=1 -1 -f roles.sql
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['fotfeste_owner', 'fotfeste_web', 'fotfeste_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', name);
    END IF;
  END LOOP;
  -- The owner migrates and loads. Web and worker own nothing, so row level security holds for them.
  EXECUTE format('ALTER DATABASE %I OWNER TO fotfeste_owner', current_database());
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
-- So that tests and checks of the owner can act as the other two.
GRANT fotfeste_web, fotfeste_worker TO fotfeste_owner;
ALTER SCHEMA public OWNER TO fotfeste_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- A page asks many small questions: to compile one, or to start helpers for it, takes longer than to answer it.
ALTER ROLE fotfeste_web SET jit = off;
ALTER ROLE fotfeste_web SET max_parallel_workers_per_gather = 0;
