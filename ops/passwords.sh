#!/bin/sh
# Run once by the image of PostgreSQL, after roles.sql: the three roles get their passwords.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set owner="$OWNER_PASSWORD" --set web="$WEB_PASSWORD" --set worker="$WORKER_PASSWORD" <<'SQL'
ALTER ROLE fotfeste_owner PASSWORD :'owner';
ALTER ROLE fotfeste_web PASSWORD :'web';
ALTER ROLE fotfeste_worker PASSWORD :'worker';
SQL
