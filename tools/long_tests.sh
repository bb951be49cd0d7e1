# The long tests of ./test full: sanitizers, fuzzing, planted bugs, new simulation seeds, and the counters that add up over
# runs. Sourced by ./test; needs tools/say.sh and tools/areas.sh.
# shellcheck shell=bash

counters=docs/reliability/counters.csv

# count_up WHAT FIRST COUNT FAILED: one line more in the counters.
count_up() {
    mkdir -p "$(dirname "$counters")"
    [[ -f $counters ]] || echo "day,commit,what,first,count,failed" >"$counters"
    printf '%s,%s,%s,%s,%s,%s\n' "$(date -u +%F)" "$(git rev-parse --short HEAD)" "$1" "$2" "$3" "$4" >>"$counters"
}

# The first seed that no counted run has tried.
next_seed() {
    [[ -f $counters ]] || {
        echo 1
        return 0
    }
    awk -F, '$3 == "simulation seeds" && $4 + $5 > next_one {next_one = $4 + $5} END {print next_one ? next_one : 1}' \
        "$counters"
}

# next_of WHAT: the seed after the last one that a counted run of that kind began with.
next_of() {
    [[ -f $counters ]] || {
        echo 2
        return 0
    }
    awk -F, -v what="$1" '$3 == what && $4 >= next_one {next_one = $4 + 1} END {print next_one ? next_one : 2}' "$counters"
}

# next_after WHAT: where the last counted run through a list stopped.
next_after() {
    [[ -f $counters ]] || {
        echo 0
        return 0
    }
    awk -F, -v what="$1" '$3 == what && $4 + $5 > next_one {next_one = $4 + $5} END {print next_one + 0}' "$counters"
}

# sanitized PRESET FOLDER…: builds the tests of these folders of tests/ with that preset and runs them.
sanitized() {
    local preset=$1 folder targets=()
    shift
    for folder in "$@"; do
        [[ -f tests/$folder/CMakeLists.txt ]] && targets+=("tests/$folder/all")
    done
    if ((${#targets[@]} == 0)); then
        area_failed=1
        area_note="no test was found"
        return 0
    fi
    if ! quietly "$preset" cmake --preset "$preset" ||
        ! quietly "$preset" cmake --build --preset "$preset" --target "${targets[@]}"; then
        area_failed=$((area_failed + 1))
        area_note="it did not build"
        show_end "$preset" 40
        return 0
    fi
    # ThreadSanitizer of g++ 12 wants the plain layout of addresses: newer kernels randomise more than it expects.
    if setarch "$(uname -m)" -R true 2>/dev/null; then
        launcher=(setarch "$(uname -m)" -R)
    fi
    for folder in "${targets[@]}"; do
        folder=${folder%/all}
        count_ctest "$preset-${folder//\//-}" --test-dir "build/$preset/$folder"
    done
    launcher=()
}

# Folders of tests/ that need no Qt; those inside another are run with it.
qt_free_folders() {
    find tests/unit tests/support -name CMakeLists.txt -printf '%h\n' | sed 's,^tests/,,' |
        grep -v -e '^unit$' -e '^unit/mobile/platform' | sort |
        awk 'NR == 1 || index($0, outer "/") != 1 {print; outer = $0}'
}

asan() {
    local folders
    mapfile -t folders < <(qt_free_folders)
    sanitized asan "${folders[@]}"
    # Engine, intake and store together, where lifetimes are longest.
    one_check asan-simulation cmake --build --preset asan --target tst_simulation
    one_check asan-simulation build/asan/tests/tst_simulation --seeds 1 40
}

tsan() {
    local folders
    mapfile -t folders < <(qt_free_folders | grep -E '^unit/(shared/|mobile/engine|sync-server/(intake|http))')
    sanitized tsan "${folders[@]}"
}

# fuzz SECONDS: each target that long; what it learns stays in build/fuzz-corpus, what breaks it beside that.
fuzz() {
    local seconds=$1 program name corpus log executed
    if ! quietly fuzz cmake --preset fuzz || ! quietly fuzz cmake --build --preset fuzz --target tests/fuzz/all; then
        area_failed=1
        area_note="it did not build"
        show_end fuzz 40
        return 0
    fi
    for program in build/fuzz/tests/fuzz_*; do
        [[ -f $program && -x $program ]] || continue
        name=$(basename "$program")
        corpus=(build/fuzz-corpus/"$name")
        mkdir -p "${corpus[0]}"
        [[ -d tests/fuzz/corpus/$name ]] && corpus+=("tests/fuzz/corpus/$name")
        log=$log_folder/$name.log
        say "fuzzing $name for $seconds s …"
        if "$program" -max_total_time="$seconds" -rss_limit_mb=2048 -print_final_stats=1 \
            -artifact_prefix="build/fuzz-corpus/broken-$name-" "${corpus[@]}" >"$log" 2>&1 </dev/null; then
            area_passed=$((area_passed + 1))
        else
            area_failed=$((area_failed + 1))
            show_end "$name" 30
        fi
        executed=$(awk '/stat::number_of_executed_units/ {print $2}' "$log")
        say "fuzzing $name: ${executed:-unknown} inputs"
        if [[ $word == full ]]; then
            count_up "fuzz inputs of $name" 0 "${executed:-0}" "$area_failed"
        fi
    done
    if ((area_passed + area_failed == 0)); then
        area_failed=1
        area_note="no target was found"
    fi
}

planted() {
    local output=$log_folder/planted.log targets=()
    if quietly planted-build cmake --preset planted; then
        read -ra targets < <(python3 tools/planted.py --targets build/planted tests/planted.txt)
    fi
    if ((${#targets[@]} == 0)) || ! quietly planted-build cmake --build --preset planted --target "${targets[@]}"; then
        area_failed=1
        area_note="it did not build"
        show_end planted-build 40
        return 0
    fi
    python3 tools/planted.py build/planted tests/planted.txt 2>&1 </dev/null | tee "$output" || true
    area_passed=$(grep -c ' found$' "$output") || true
    area_failed=$(grep -c ' MISSED$' "$output") || true
    if ((area_passed + area_failed == 0)); then
        area_failed=1
        area_note="no planted bug was tried"
    fi
}

# new_seeds COUNT: seeds that no counted run has tried, in pieces, so that a run that is cut has counted what it did.
new_seeds() {
    local left=$1 first piece=500 before
    first=$(next_seed)
    while ((left > 0)); do
        before=$area_failed
        seeds "$first" "$piece"
        count_up "simulation seeds" "$first" "$piece" "$((area_failed - before))"
        first=$((first + piece))
        left=$((left - piece))
    done
}

# kill_moments COUNT: the tablet's window killed at so many random moments; it prints the seed that replays them.
kill_moments() {
    one_check kill-moments env ZHICHA_KILL_MOMENTS="$1" QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software \
        LC_ALL=C.UTF-8 build/test/tests/tst_kill_moments
}

# crash_images COUNT: every image of one new seed after the other, until there are so many.
crash_images() {
    local wanted=$1 images=0 seed before taken
    while ((images < wanted)); do
        seed=$(next_of "crash images")
        before=$area_failed
        one_check "crash-images-$seed" build/test/tests/tst_crash_images --every 1 --seeds "$seed" 1
        taken=$(awk '/ images, / {print $1}' "$log_folder/crash-images-$seed.log")
        count_up "crash images" "$seed" "${taken:-0}" "$((area_failed - before))"
        ((${taken:-0} > 0)) || break
        images=$((images + taken))
    done
}

# counted WHAT COUNT COMMAND…: a fault program with a new seed; it takes count and seed from the environment.
counted() {
    local what=$1 count=$2 seed before=$area_failed
    shift 2
    seed=$(next_of "$what")
    one_check "${what// /-}" env ZHICHA_SEED="$seed" ZHICHA_FLIPS="$count" ZHICHA_FAULTS="$count" \
        ZHICHA_NETWORK_FAULTS="$count" ZHICHA_CUTS="$((count * 3))" ZHICHA_CUT_PHOTO=5000000 ZHICHA_LONG=1 "$@"
    count_up "$what" "$seed" "$count" "$((area_failed - before))"
}

# one_by_one WHAT COUNT COMMAND…: the next so many of a list, in pieces, so that a run that is cut has counted what it did.
# A piece with a failure counts as not done: the next run begins there.
one_by_one() {
    local what=$1 left=$2 piece=200 first before
    shift 2
    while ((left > 0)); do
        first=$(next_after "$what")
        before=$area_failed
        one_check "${what// /-}-$first" "$@" --each "$first" "$piece"
        if ((area_failed > before)); then
            count_up "$what" "$first" 0 1
            return 0
        fi
        count_up "$what" "$first" "$piece" 0
        left=$((left - piece))
    done
}

long_faults() {
    local programs=(--bin build/test/bin)
    one_by_one "bytes of folders with a bit turned" 2000 python3 tests/fault/bit_flips.py "${programs[@]}"
    one_by_one "calls of the server refused one by one" 200 \
        python3 tests/fault/call_faults.py "${programs[@]}" --victim server
    one_by_one "calls of the tablet refused one by one" 200 \
        python3 tests/fault/call_faults.py "${programs[@]}" --victim tablet
    counted "bit flips" 1500 python3 tests/fault/bit_flips.py "${programs[@]}"
    counted "failing calls of the server" 200 python3 tests/fault/call_faults.py "${programs[@]}" --victim server
    counted "failing calls of the tablet" 200 python3 tests/fault/call_faults.py "${programs[@]}" --victim tablet
    counted "network faults" 120 python3 tests/fault/network_faults.py "${programs[@]}"
}

long_areas() {
    area crash-images crash_images 20000
    area long-faults long_faults
    area kill-moments kill_moments 100
    area asan asan
    area tsan tsan
    area fuzz fuzz 60
    area planted planted
    area simulation+ new_seeds 5000
    say "counted so far, over all runs (in $counters):"
    awk -F, 'NR > 1 {count[$3] += $5; failed[$3] += $6}
             END {for (what in count) printf "    %s: %d, %d failed\n", what, count[what], failed[what]}' "$counters" | sort
}
