#!/usr/bin/env bash
# Whether each C++ file of ours is as clang-format (with .clang-format) would write it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
git ls-files -z -- '*.h' '*.cpp' | xargs -0 -n 40 -P 2 clang-format --dry-run -Werror
