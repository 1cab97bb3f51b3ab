#!/usr/bin/env bash
# Reproduces docs/results.md: trains on each text with each time budget, and evaluates on the validation set.
#
#   scripts/results.sh TEXTS [FOLDER]
#
# TEXTS is a folder with grimm.txt, anna-karenina-nl.txt and tinyshakespeare.txt (corpora/README.md says where to get
# them); a text that is not there is left out; the bundled tales always take part. FOLDER (default: models/results) keeps
# the runs: started again, the script continues where it stopped. Variables select the runs:
#
#   TIMES="1m 10m 45m"   time budgets
#   SEEDS="1"            one run per seed
#   NAMES="tales grimm anna-karenina-nl tinyshakespeare"
#   TEXTBOOK="10m"       time budget of the baseline hyperparameters, for comparison; empty: none
#
# Ends with a table in Markdown on standard output. Nothing else should run meanwhile: the time is part of the result.
set -euo pipefail
export LC_ALL=C.UTF-8

fail() { echo "results: $*" >&2; exit 2; }
case ${1-} in -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;; esac
[ $# -ge 1 ] && [ $# -le 2 ] || fail "usage: results.sh TEXTS [FOLDER]; see results.sh --help"
[ -d "$1" ] || fail "there is no folder $1; name the one with the texts"
texts=$(cd "$1" && pwd -P)
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
folder=${2:-$here/../models/results}
charnn=$here/charnn
mkdir -p "$folder"

text_of() {
  [ "$1" = tales ] && echo "$here/../corpora/tales.txt" || echo "$texts/$1.txt"
}
textbook="--layers 2 --hidden 128 --batch-size 64 --seq-length 30 --windows random --dropout 0.3 --no-locked-dropout \
--weight-drop 0 --weight-decay 0 --learning-rate 0.002 --lr-input-factor 1 --lr-recurrent-factor 1 --lr-decay-every 10000 \
--lr-decay-factor 0.95 --patience 0"

runs=$folder/runs.txt
: >"$runs"
for name in ${NAMES-tales grimm anna-karenina-nl tinyshakespeare}; do
  text=$(text_of "$name")
  [ -f "$text" ] || { echo "results: there is no $text; left out" >&2; continue; }
  for time in ${TIMES-1m 10m 45m}; do
    for seed in ${SEEDS-1}; do
      echo "$name-$time-$seed --corpus $(printf %q "$text") --time $time --seed $seed" >>"$runs"
    done
  done
  for time in ${TEXTBOOK-10m}; do
    echo "$name-textbook-$time --corpus $(printf %q "$text") --time $time $textbook" >>"$runs"
  done
done
code=0
"$here/overnight.sh" "$runs" "$folder" >&2 || code=$?
[ $code -ne 130 ] || exit 130 # Interrupted: the begun run is no result yet.
[ $code -eq 0 ] || echo "results: not all runs were made; the table shows the others" >&2

# The value of a field of a JSON report.
field() { sed -n "s/^ *\"$2\": \(.*[^,]\),*$/\1/p" <<<"$1" | head -n 1; }

echo "| run | network | regularization | epochs | nats, stateful | nats, windows of 256 | nats, dynamic evaluation | bits | accuracy |"
echo "|---|---|---|---|---|---|---|---|---|"
while read -r name _; do
  [ -f "$folder/$name/best.zip" ] || { echo "results: there is no $folder/$name/best.zip; left out" >&2; continue; }
  text=$(text_of "$(sed -E 's/-(textbook-)?([0-9]+[smhd])+(-[0-9]+)?$//' <<<"$name")")
  evaluate() { "$charnn" eval --models-dir "$folder" --model "$name" --corpus "$text" --validation --json "$@" 2>/dev/null; }
  carried=$(evaluate)
  windows=$(evaluate --protocol windows --context 256)
  dynamic=$(evaluate --protocol dynamic)
  info=$("$charnn" info --models-dir "$folder" --model "$name" --json 2>/dev/null)
  drop() { field "$info" "$1" | sed 's/\.0$//'; }
  printf '| %s | %s x %s | dropout %s, weights %s | %.1f | %.4f +- %.4f | %.4f +- %.4f | %.4f | %.3f | %.1f %% |\n' \
    "$name" "$(field "$info" layers)" "$(field "$info" hidden_size)" \
    "$(drop dropout)" "$(drop weight_drop)" \
    "$(tail -n 1 "$folder/$name/metrics.csv" | cut -d, -f2)" \
    "$(field "$carried" nats_per_character)" "$(field "$carried" standard_error)" \
    "$(field "$windows" nats_per_character)" "$(field "$windows" standard_error)" \
    "$(field "$dynamic" nats_per_character)" \
    "$(field "$carried" bits_per_character)" "$(awk "BEGIN { print 100 * $(field "$carried" accuracy) }")"
done <"$runs" | tee "$folder/results.md"
