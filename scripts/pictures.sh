#!/usr/bin/env bash
# Makes the pictures of docs/looking.md: trains two short runs on the bundled tales, and has Chromium draw the report on them, and
# the page on the bundled model's cells.
#
#   scripts/pictures.sh    takes some minutes; needs chromium (Debian: apt install chromium)
set -euo pipefail
export LC_ALL=C.UTF-8

case ${1-} in
  -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
esac
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
pictures=$here/../docs/looking
command -v chromium >/dev/null || { echo "pictures: there is no chromium; install it first" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$pictures"

charnn() { "$here/charnn" "$@" --models-dir "$work/models"; }
train() { charnn train --corpus "$here/../corpora/tales.txt" --steps 3000 --batch-size 8 --seq-length 32 --quiet "$@" >/dev/null; }
train --name dropout --hidden 128 --dropout 0.3 --weight-drop 0.3 --keep-every 100
train --name plain --hidden 128 --dropout 0 --weight-drop 0 --patience 0

picture() { # PAGE NAME WIDTH,HEIGHT [FLAG...]
  local page=$1 name=$2 size=$3
  shift 3
  chromium --headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync \
    --no-first-run --hide-scrollbars --user-data-dir="$work/browser" --virtual-time-budget=5000 --window-size="$size" "$@" \
    --screenshot="$pictures/$name.png" "file://$work/$page" 2>/dev/null
  echo "pictures: $(cd "$pictures" && pwd -P)/$name.png"
}
charnn report dropout plain --html "$work/runs.html" 2>/dev/null
picture runs.html report 1000,1150
charnn report plain --html "$work/plain.html" 2>/dev/null
picture plain.html report-phone 420,900 --blink-settings=preferredColorScheme=0
charnn report dropout plain --png "$pictures/figure.png" --log x 2>/dev/null
charnn explore --model bundled --html "$work/cells.html" 2>/dev/null
picture "cells.html#at=801" cells 1000,1000
charnn explore --model dropout --html "$work/all.html" 2>/dev/null
# A picture is of a page's top: all but one section is hidden.
sed 's|^</style>|main > :not(#learned):not(#learned + p):not(.learned) { display: none } #learned { margin-top: 0 }</style>|' \
  "$work/all.html" >"$work/learned.html"
picture learned.html learned 1000,520
picture "cells.html#cell=1:434&at=801" cells-phone 420,900 --blink-settings=preferredColorScheme=0
