#!/usr/bin/env bash
# Reproduces the comparison of docs/cells.md: trains each cell on each text, and prints a table in Markdown.
#
#   scripts/cells.sh TEXTS [FOLDER]
#
# TEXTS is a folder with grimm.txt, anna-karenina-nl.txt and tinyshakespeare.txt (corpora/README.md says where to get
# them); a text that is not there is left out. FOLDER (default: models/cells) keeps the runs: started again, the script
# continues where it stopped. Variables select the runs:
#
#   CELLS="lstm gru rnn mlstm phased-lstm"
#   TIMES="1m 10m"       equal time: charnn chooses the network; empty: none
#   SEEDS="1 2 3"        of tinyshakespeare; the other texts have one seed
#   STEPS="8000"         equal parameters: as many as 1 LSTM layer of 256, batches of 16 x 32, for so many steps; empty: none
#   NAMES="tales grimm anna-karenina-nl tinyshakespeare"
#
# Nothing else should run meanwhile: the time is part of the result.
set -euo pipefail
export LC_ALL=C.UTF-8

fail() { echo "cells: $*" >&2; exit 2; }
case ${1-} in -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;; esac
[ $# -ge 1 ] && [ $# -le 2 ] || fail "usage: cells.sh TEXTS [FOLDER]; see cells.sh --help"
[ -d "$1" ] || fail "there is no folder $1; name the one with the texts"
texts=$(cd "$1" && pwd -P)
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
folder=${2:-$here/../models/cells}
charnn=$here/charnn
mkdir -p "$folder"

# The units that give a layer of a cell, with a vocabulary of 65, the parameters of an LSTM's 256 units.
units_of() {
  case $1 in
    lstm) echo 256 ;;
    gru) echo 299 ;;
    rnn) echo 527 ;;
    mlstm) echo 227 ;;
    phased-lstm) echo 256 ;;
    *) fail "there is no cell $1" ;;
  esac
}

runs=$folder/runs.txt
: >"$runs"
for name in ${NAMES-tales grimm anna-karenina-nl tinyshakespeare}; do
  text=$texts/$name.txt
  [ "$name" != tales ] || text=$here/../corpora/tales.txt
  [ -f "$text" ] || { echo "cells: there is no $text; left out" >&2; continue; }
  seeds=1
  [ "$name" != tinyshakespeare ] || seeds=${SEEDS-1 2 3}
  for seed in $seeds; do
    for cell in ${CELLS-lstm gru rnn mlstm phased-lstm}; do
      options="--corpus $(printf %q "$text") --cell $cell --seed $seed"
      for time in ${TIMES-1m 10m}; do
        echo "$name-$cell-$time-$seed $options --time $time" >>"$runs"
      done
      for steps in ${STEPS-8000}; do
        echo "$name-$cell-$steps-$seed $options --layers 1 --hidden $(units_of "$cell") --batch-size 16 --seq-length 32" \
          "--dropout 0 --weight-drop 0 --steps $steps" >>"$runs"
      done
    done
  done
done
code=0
"$here/overnight.sh" "$runs" "$folder" >&2 || code=$?
[ $code -ne 130 ] || exit 130 # Interrupted: the begun run is no result yet.
[ $code -eq 0 ] || echo "cells: not all runs were made; the table shows the others" >&2

# The last value of a field of a JSON report: that of the whole, where the parts have it too.
field() { sed -n "s/^ *\"$2\": \([^,[]*\),*$/\1/p" <<<"$1" | tail -n 1; }

echo "| run | network | parameters | epochs | characters/s | nats per character |"
echo "|---|---|---|---|---|---|"
while read -r name _ text _; do
  [ -f "$folder/$name/best.zip" ] || { echo "cells: there is no $folder/$name/best.zip; left out" >&2; continue; }
  loss=$("$charnn" eval --models-dir "$folder" --model "$name" --corpus "$text" --validation --json 2>/dev/null)
  info=$("$charnn" info --models-dir "$folder" --model "$folder/$name/last.zip" --json 2>/dev/null)
  seconds=$(field "$info" seconds)
  speed=$(awk "BEGIN { print int($(field "$info" characters_seen) / ($seconds > 0 ? $seconds : 1)) }")
  printf '| %s | %s x %s | %s | %.1f | %s | %.4f |\n' "$name" "$(field "$info" layers)" "$(field "$info" hidden_size)" \
    "$(field "$info" parameters)" "$(tail -n 1 "$folder/$name/metrics.csv" | cut -d, -f2)" "$speed" \
    "$(field "$loss" nats_per_character)"
done <"$runs" | tee "$folder/cells.md"
