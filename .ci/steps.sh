# How .ci/run runs its steps: each with its time. Sourced, not run.

REPORTS=$(mktemp -d)
failed=()
times=()

say() { printf '\n=== %s\n' "$*"; }

# Runs a step that everything after it needs: its failure ends the run.
step() {
  local name=$1 began=$SECONDS
  shift
  say "$name"
  "$@"
  times+=("$((SECONDS - began)) s  $name")
}

# Runs a suite and remembers its failure.
suite() {
  local name=$1 began=$SECONDS result=''
  shift
  say "$name"
  "$@" || result='  FAILED' failed+=("$name")
  times+=("$((SECONDS - began)) s  $name$result")
}

# Starts a step beside the next ones; its output is shown by finish_background.
background() {
  background_name=$1 background_began=$SECONDS background_log=$(mktemp)
  shift
  "$@" >"$background_log" 2>&1 &
  background_pid=$!
}

finish_background() {
  local status=0
  wait "$background_pid" || status=$?
  say "$background_name"
  cat "$background_log"
  times+=("$((SECONDS - background_began)) s  $background_name (beside the steps before it)")
  return "$status"
}

# reporting <name> <command…>: vitest's JSON report goes to a folder of its own, where closing-line.mjs finds it.
reporting() {
  local name=$1
  shift
  mkdir -p "$REPORTS/$name"
  WATTFLEET_TEST_REPORT_DIR="$REPORTS/$name" "$@"
}

# For suites that this machine has everything for.
nothing_skipped() { WATTFLEET_NO_SKIP=1 "$@"; }

timings() {
  say "times, $SECONDS s in all"
  printf '%s\n' "${times[@]}"
}
