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
# As on a tablet: a window on a display, drawn by OpenGL (here by Mesa's own processor).
unset QT_QUICK_BACKEND
export QT_QPA_PLATFORM=xcb LIBGL_ALWAYS_SOFTWARE=1 LC_ALL=C.UTF-8 XDG_RUNTIME_DIR=$folder
on_display() { xvfb-run --auto-servernum --server-args="-screen 0 1920x1400x24 +extension GLX" "$@"; }
ZHICHA_PIN_FILE=$data/p1.pin on_display "$binaries/zhicha" --data "$data" --pictures "$out"
on_display "$binaries/zhicha" --data "$folder/empty" --pictures "$out"
