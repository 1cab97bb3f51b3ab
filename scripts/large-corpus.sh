#!/usr/bin/env bash
# Generates a large corpus and trains on it with little memory: how fast it is encoded, how soon a training on it starts, and
# whether it trains as fast as on a small one. Interrupts and kills an encoding, and looks at what is left.
#
#   scripts/large-corpus.sh [GIGABYTES [FOLDER]]      default: 10, a new folder under /tmp; needs twice the space
set -euo pipefail
cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")/.."
gigabytes=${1:-10}
work=$(mktemp -d -p "${2:-/tmp}")
trap 'rm -rf "$work"' EXIT
export CHARNN_CACHE=$work/cache CHARNN_JAVA_OPTS=-Xmx512m
charnn=scripts/charnn
$charnn --version >/dev/null

fail() { echo "FAILED: $1"; [ ! -f "$work/err" ] || cat "$work/err"; exit 1; }
train() { # NAME CORPUS OPTIONS...
  local name=$1 corpus=$2
  shift 2
  $charnn train --corpus "$corpus" --models-dir "$work/models" --name "$name" --hidden 128 --layers 2 --batch-size 32 --seq-length 64 "$@" \
    >"$work/out" 2>"$work/err"
}
seconds() { # COMMAND...
  local begun
  begun=$(date +%s.%N)
  "$@" || fail "$*"
  echo "$(date +%s.%N) $begun" | awk '{printf "%.1f", $1 - $2}'
}
speed() { # NAME: characters a second, from the first row of metrics to the last
  awk -F, 'NR == 2 {c = $3; s = $10} END {printf "%.0f", ($3 - c) / ($10 - s)}' "$work/models/$1/metrics.csv"
}

# The bundled tales, again and again.
for _ in $(seq 10); do cat corpora/tales.txt; done >"$work/small.txt"
for _ in $(seq 50); do cat "$work/small.txt"; done >"$work/block"
for _ in $(seq $((gigabytes * 1000000000 / $(wc -c <"$work/block") + 1))); do cat "$work/block"; done >"$work/large.txt"
rm "$work/block"
echo "corpus: $(stat -c %s "$work/large.txt") bytes"

# An encoding that ends before its time.
train interrupted "$work/large.txt" --steps 1 --validation 0 & trainer=$!
while [ -z "$(ls "$work/cache" 2>/dev/null | grep tmp || true)" ]; do sleep 0.1; done
sleep 1
pkill -TERM -P $trainer || kill -TERM $trainer
wait $trainer && fail "the interrupted training did not end" || true
[ -z "$(ls "$work/cache" | grep -v '^locks$' || true)" ] || fail "an interrupted encoding left something"
echo "ok: an interrupted encoding leaves nothing"

echo "start with encoding:    $(seconds train first "$work/large.txt" --steps 1 --validation 0) s"
echo "start on the cache:     $(seconds train second "$work/large.txt" --steps 1 --validation 0) s"
echo "start on a small text:  $(seconds train small "$work/small.txt" --steps 1 --validation 0) s"
for round in 1 2 3; do
  train "large$round" "$work/large.txt" --steps 600 --report-every 50 --validation 0
  train "small$round" "$work/small.txt" --steps 600 --report-every 50 --validation 0
  echo "characters a second:    large $(speed "large$round"), small $(speed "small$round")"
done
train resumed "$work/large.txt" --steps 200 || fail "200 steps"
$charnn train --resume --models-dir "$work/models" --name resumed --steps 300 >"$work/out" 2>"$work/err" || fail "resumed"
echo "ok: a training is resumed"
$charnn corpus clean --yes
