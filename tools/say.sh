# How the scripts talk: one line per step with the seconds since the start, long output in build/log/.
# shellcheck shell=bash

log_folder=build/log
declare -A logs_begun=() # by this run

say() {
    printf '[%4ds] %s\n' "$SECONDS" "$*"
}

die() {
    printf '[%4ds] %s\n' "$SECONDS" "$*" >&2
    exit 1
}

# quietly LOG COMMAND…: runs it with its output added to build/log/LOG.log; returns its exit code.
quietly() {
    local log=$log_folder/$1.log
    # What an earlier run printed would read like this one's.
    [[ -n ${logs_begun[$1]:-} ]] || rm -f "$log"
    logs_begun[$1]=1
    shift
    mkdir -p "$log_folder"
    printf '\n== %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null
}

# step WHAT LOG COMMAND…: says it, does it, and on failure shows the end of the log and stops.
step() {
    local what=$1 log=$2 begun=$SECONDS
    shift 2
    say "$what …"
    if quietly "$log" "$@"; then
        say "$what: done in $((SECONDS - begun)) s"
        return 0
    fi
    tail -n 25 "$log_folder/$log.log" >&2
    die "$what failed; everything it printed is in $log_folder/$log.log"
}
