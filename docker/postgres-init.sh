#!/bin/sh
# Runs once, in an empty database container: the roles with their passwords, and the database.
set -eu
super() { psql -X -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" "$@"; }

super --dbname postgres -f /ijap/postgres-roles.sql
super --dbname postgres -v owner="$IJAP_OWNER_PASSWORD" -v app="$IJAP_APP_PASSWORD" -v bulk="$IJAP_BULK_PASSWORD" -v live="$IJAP_LIVE_PASSWORD" <<'SQL'
ALTER ROLE ijap_owner PASSWORD :'owner';
ALTER ROLE ijap_app PASSWORD :'app';
ALTER ROLE ijap_bulk PASSWORD :'bulk';
ALTER ROLE ijap_live PASSWORD :'live';
CREATE DATABASE ijap OWNER ijap_owner;
SQL
# With real data nobody writes past row security.
if [ "$DEMO_MODE" != 1 ]; then super --dbname postgres -c 'ALTER ROLE ijap_bulk NOLOGIN'; fi
super --dbname ijap -f /ijap/postgres-database.sql
