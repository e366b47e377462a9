#!/bin/bash
# Stands in for the entry point of timescale/timescaledb, as far as Wattfleet uses it: on an empty data folder it makes
# the cluster, the superuser POSTGRES_USER and the database POSTGRES_DB, then it runs PostgreSQL.
# Runs as uid 70, on a read-only root, without capabilities.
set -euo pipefail

if [[ ${1:-} == postgres && ! -s $PGDATA/PG_VERSION ]]; then
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  password=${POSTGRES_PASSWORD:-}
  [[ -z ${POSTGRES_PASSWORD_FILE:-} ]] || password=$(<"$POSTGRES_PASSWORD_FILE")
  [[ -n $password ]] || { echo 'POSTGRES_PASSWORD_FILE or POSTGRES_PASSWORD is required' >&2; exit 1; }

  # The arguments are several words, as in the image that this one stands in for.
  # shellcheck disable=SC2086
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") --encoding=UTF8 --locale=C.UTF-8 \
    --auth-local=trust --auth-host=scram-sha-256 ${POSTGRES_INITDB_ARGS:-}
  cat >>"$PGDATA/postgresql.conf" <<CONF
listen_addresses = '*'
unix_socket_directories = '/var/run/postgresql'
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
CONF
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"

  # On its socket only: whoever asks over TCP is not told that it is ready.
  pg_ctl --wait --options="-c listen_addresses=''" start
  psql=(psql --username "$user" --no-psqlrc --quiet --set ON_ERROR_STOP=1)
  [[ $database == postgres ]] ||
    "${psql[@]}" --dbname postgres --set name="$database" <<<'CREATE DATABASE :"name"'
  for name in template1 postgres "$database"; do
    "${psql[@]}" --dbname "$name" <<<'CREATE EXTENSION IF NOT EXISTS timescaledb'
  done
  pg_ctl --wait --mode=fast stop
fi

exec "$@"
