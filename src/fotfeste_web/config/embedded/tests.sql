-- What the tests need of a server, and no site: a database of their own, to empty tables whatever hangs on their rows,
-- and no waiting for the disk.
ALTER ROLE fotfeste_owner CREATEDB;
GRANT SET ON PARAMETER session_replication_role TO fotfeste_owner;
ALTER ROLE fotfeste_owner SET synchronous_commit = off;
ALTER ROLE fotfeste_web SET synchronous_commit = off;
