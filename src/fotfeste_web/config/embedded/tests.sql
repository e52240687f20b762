-- What the tests need of a server, and no site: a database of their own, and to empty tables whatever hangs on their rows.
ALTER ROLE fotfeste_owner CREATEDB;
GRANT SET ON PARAMETER session_replication_role TO fotfeste_owner;
