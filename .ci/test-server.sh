#!/usr/bin/env bash
# The integration suite once more, against a real server: many connections, background workers, the Apache edition.
# And a short run of the faults that only a server can be put through.
set -euo pipefail

password=$(</proc/sys/kernel/random/uuid)
container=$(docker run --detach --rm --publish 127.0.0.1::5432 --tmpfs /var/lib/postgresql/data:mode=700,uid=70,gid=70 \
  --env POSTGRES_PASSWORD="$password" wattfleet-ci/timescale:ci)
trap 'docker rm --force --volumes "$container" >/dev/null' EXIT

ready() { docker exec "$container" pg_isready --quiet --host 127.0.0.1; }
for _ in {1..60}; do ready && break || sleep 0.5; done
ready || { docker logs --tail 40 "$container" >&2; exit 1; }

address=$(docker port "$container" 5432/tcp)
TEST_DATABASE_URL="postgres://postgres:$password@$address/postgres" \
  npm test -- --project integration --project faults test/integration test/faults/fleet.spec.ts
