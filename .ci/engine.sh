#!/usr/bin/env bash
# Sees to it that a container engine answers: the one that runs, else one started here.
set -euo pipefail

log=$(mktemp --suffix=-dockerd.log)

answers() { docker info >/dev/null 2>&1; }

# start <options…>: true when the engine answers within 30 s.
start() {
  echo "dockerd $*"
  # A session of its own: it outlives this script and does not get its signals.
  setsid nohup dockerd "$@" >>"$log" 2>&1 </dev/null &
  local pid=$!
  for _ in {1..60}; do
    answers && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  return 1
}

legacy_iptables() {
  update-alternatives --set iptables /usr/sbin/iptables-legacy >/dev/null
  update-alternatives --set ip6tables /usr/sbin/ip6tables-legacy >/dev/null
}

# A service that the package has just started needs a moment.
for _ in {1..6}; do answers && break || sleep 0.5; done
if ! answers; then
  # A kernel without nftables wants the older iptables; one without overlayfs wants plain copies.
  start || start --storage-driver=vfs || { legacy_iptables && { start || start --storage-driver=vfs; }; } || {
    echo 'dockerd did not start:' >&2
    tail -n 40 "$log" >&2
    exit 1
  }
fi
docker info --format 'Docker {{.ServerVersion}}, storage {{.Driver}}'
