# Sourced by the sh tests: tells of each check in TAP.  Set nothing, print nothing but through these.
tap_count=0
tap_failed=0

ok () { tap_count=$((tap_count + 1)); echo "ok $tap_count - $*"; }
not_ok () { tap_count=$((tap_count + 1)); tap_failed=$((tap_failed + 1)); echo "not ok $tap_count - $*"; }
skip () { tap_count=$((tap_count + 1)); echo "ok $tap_count - $1 # SKIP $2"; }
# Text on standard input becomes comments, so that nothing in it is taken for TAP.
note () { sed 's/^/# /'; }

# check NAME COMMAND...: the command does it; what it prints is told where it does not.
check () {
  tap_name=$1; shift
  if tap_output=$("$@" 2>&1 </dev/null); then ok "$tap_name"; else not_ok "$tap_name"; printf '%s\n' "$tap_output" | note; fi
}

# empty NAME COMMAND...: the command finds nothing to tell.
empty () {
  tap_name=$1; shift
  tap_output=$("$@" 2>&1 </dev/null); tap_status=$?
  if test -z "$tap_output" && test $tap_status = 0; then ok "$tap_name"; return; fi
  not_ok "$tap_name"; printf "%s\n" "$tap_output" | note; test $tap_status = 0 || echo "# exit code $tap_status"
}

skip_all () { echo "1..0 # SKIP $*"; exit 0; }
finish () { echo "1..$tap_count"; test $tap_failed = 0; exit; }
