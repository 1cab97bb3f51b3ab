#!/usr/bin/env bash
# Generates a large corpus and trains on it with little memory: how fast it is encoded, how soon a training on it starts, and
# whether it trains as fast as on a small one. Interrupts and kills an encoding, and looks at what is left; interrupts and
# resumes a training, and compares bits.
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
half_made() { ls "$work/cache" 2>/dev/null | grep tmp || true; }
break_off() { # SIGNAL
  train broken "$work/large.txt" --steps 1 --validation 0 & trainer=$!
  while [ -z "$(half_made)" ]; do
    kill -0 $trainer 2>/dev/null || fail "the encoding to break off"
    sleep 0.1
  done
  sleep 1
  pkill "-$1" -P $trainer || fail "the encoding ended too soon"
  wait $trainer && fail "the training did not end" || true
}
break_off TERM
[ -z "$(half_made)" ] || fail "an interrupted encoding left something"
echo "ok: an interrupted encoding leaves nothing"
break_off KILL
[ -n "$(half_made)" ] || fail "a killed encoding left nothing to look at"

started() { # NAME: seconds from the start of the process to the first step
  sed -n '/^steps: step 0, /{s/.*, \(.*\) s after.*/\1/p;q}' "$work/models/$1/train.log"
}
parameters() { # NAME: the parameters of its last model
  unzip -p "$work/models/$1/last.zip" coefficients.bin | sha256sum
}

train first "$work/large.txt" --steps 1 --validation 0 || fail "the encoding"
[ -z "$(half_made)" ] || fail "the next encoding left what a killed one had made"
echo "ok: the next encoding deletes what a killed one left"
echo "start with encoding:    $(started first) s to the first step"
for round in 1 2 3; do
  train "again$round" "$work/large.txt" --steps 1 --validation 0 || fail "the start on the cache"
  train "little$round" "$work/small.txt" --steps 1 --validation 0 || fail "the start on a small text"
  echo "start:                  $(started "again$round") s to the first step on the cache, $(started "little$round") s on a small text"
done
for round in 1 2 3; do
  train "large$round" "$work/large.txt" --steps 600 --report-every 50 --validation 0 || fail "600 steps"
  train "small$round" "$work/small.txt" --steps 600 --report-every 50 --validation 0 || fail "600 steps of a small text"
  echo "characters a second:    large $(speed "large$round"), small $(speed "small$round")"
done

# A run that is interrupted and resumed ends with the same bits.
train resumed "$work/large.txt" --steps 600 --report-every 50 --validation 0 & trainer=$!
until [ -n "$(speed resumed 2>/dev/null || true)" ] && [ "$(wc -l <"$work/models/resumed/metrics.csv")" -gt 3 ]; do
  kill -0 $trainer 2>/dev/null || fail "the run to interrupt"
  sleep 0.2
done
pkill -TERM -P $trainer || fail "the run ended too soon"
wait $trainer && fail "the run was not interrupted" || true
grep -q "^charnn: saved at step" "$work/err" || fail "the run was not saved"
$charnn train --resume --models-dir "$work/models" --name resumed >"$work/out" 2>"$work/err" || fail "resumed"
[ "$(parameters resumed)" = "$(parameters large1)" ] || fail "a resumed run has other bits"
echo "ok: a training that was interrupted and resumed has the bits of one that was not"

train evaluated "$work/large.txt" --time 1m || fail "a training that is evaluated"
grep -o "saved.*best.zip" "$work/err" | head -1
$charnn eval --corpus "$work/large.txt" --validation --models-dir "$work/models" --model evaluated >"$work/out" 2>"$work/err" || fail "evaluation"
cat "$work/out"
$charnn corpus clean --yes
