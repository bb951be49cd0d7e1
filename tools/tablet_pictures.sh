#!/usr/bin/env bash
# Renders every page of the tablet from a store filled through the engine, in every theme and both languages:
#   tools/tablet_pictures.sh BIN OUT        pictures OUT/tablet-<page>-<variant>.png
# ZHICHA_SAMPLES names a folder with photos to use instead of made ones.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binaries=$1
out=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
more=()
if [[ -n ${ZHICHA_SAMPLES:-} ]]; then
    more=(--photos "$ZHICHA_SAMPLES")
fi
data=$(python3 "$here/tests/integration/fill_tablet.py" --bin "$binaries" --data "$folder/city" "${more[@]}")
# Offscreen draws what the software scene graph can, which is all that these screens use.
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=$folder
ZHICHA_PIN_FILE=$data/p1.pin "$binaries/zhicha" --data "$data" --pictures "$out"
"$binaries/zhicha" --data "$folder/empty" --pictures "$out"
