# Test areas: each is timed against tests/budgets.txt, counted, and printed as one row of the closing table.
# Sourced by ./test; needs tools/say.sh.
# shellcheck shell=bash

table=()
total_passed=0
total_failed=0
# What the function that runs an area sets.
area_passed=0
area_failed=0
area_note=
# What ctest is started through, if anything.
launcher=()

# Seconds that tests/budgets.txt gives the area; every area has a line there.
budget_of() {
    awk -v area="$1" '$1 == area {print $2; found = 1} END {exit !found}' tests/budgets.txt ||
        die "tests/budgets.txt has no line for '$1'"
}

# area NAME FUNCTION ARGUMENTS…: runs it and adds a row. More than 1.5 times the budget is a failure of its own.
area() {
    local name=$1 begun=$SECONDS budget took verdict=passed
    shift
    budget=$(budget_of "$name")
    say "$name (budget $budget s) …"
    area_passed=0
    area_failed=0
    area_note=
    "$@"
    took=$((SECONDS - begun))
    if ((took * 2 > budget * 3)); then
        area_failed=$((area_failed + 1))
        area_note="over 1.5 times its budget${area_note:+; $area_note}"
    fi
    ((area_failed == 0)) || verdict=FAILED
    total_passed=$((total_passed + area_passed))
    total_failed=$((total_failed + area_failed))
    table+=("$(printf '%-14s %7d %7d %7d %7d  %s' "$name" "$took" "$budget" "$area_passed" "$area_failed" \
        "$verdict${area_note:+ ($area_note)}")")
    say "$name: $area_passed passed, $area_failed failed, $took s${area_note:+ ($area_note)}"
}

# Prints the table and the closing line; returns 1 if anything failed.
close_table() {
    printf '\n%-14s %7s %7s %7s %7s\n' area seconds budget passed failed
    printf '%s\n' "${table[@]}"
    printf '\n%d passed, %d failed\n' "$total_passed" "$total_failed"
    ((total_failed == 0))
}

# show_end LOG LINES: the end of a log, after a failure.
show_end() {
    tail -n "$2" "$log_folder/$1.log" | sed 's/^/    /'
    say "everything it printed: $log_folder/$1.log"
}

# one_check LOG COMMAND…: an area that is a single check.
one_check() {
    local log=$1
    shift
    if quietly "$log" "$@"; then
        area_passed=$((area_passed + 1))
    else
        area_failed=$((area_failed + 1))
        show_end "$log" 40
    fi
}

# count_ctest LOG ARGUMENTS…: runs ctest and counts its tests. An area without a test has failed: it proves nothing.
count_ctest() {
    local log=$1 output=$log_folder/$1.log summary failed=0 all=0
    shift
    mkdir -p "$log_folder"
    "${launcher[@]}" ctest --output-on-failure -j2 "$@" >"$output" 2>&1 </dev/null || true
    summary=$(grep -E 'tests passed, [0-9]+ tests failed out of [0-9]+' "$output" | tail -n 1) || true
    if [[ $summary =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
        failed=${BASH_REMATCH[1]}
        all=${BASH_REMATCH[2]}
    fi
    area_passed=$((area_passed + all - failed))
    area_failed=$((area_failed + failed))
    if ((all == 0)); then
        area_failed=$((area_failed + 1))
        area_note="no test was found"
    fi
    if ((failed > 0)); then
        grep -E '\*\*\*|FAILED  \]|Failure$' "$output" | head -n 40 | sed 's/^/    /' || true
        show_end "$log" 20
    fi
}
