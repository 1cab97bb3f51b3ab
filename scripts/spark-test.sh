#!/usr/bin/env bash
# Trains on a local Spark: one worker gives the bits of charnn train; an executor that is killed, and an interrupted and resumed run,
# change no bit. Takes a minute or two. Ends with exit code 0 if all held.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
settings=(--corpus "$here/../corpora/tales.txt" --layers 1 --hidden 48 --batch-size 8 --seq-length 16 --seed 5 --dropout 0.1 --weight-drop 0.1)
two=(--workers 2 --inner-steps 50 --outer-rate 0.9 --outer-momentum 0.3)

# spark NAME [OPTIONS OF spark-submit --] OPTIONS: trains; what it says is in NAME.log.
spark() {
  local name=$1 submit=()
  shift
  if [ "${1-}" = --master ]; then
    submit=("$1" "$2")
    shift 2
  fi
  "$here/charnn-spark" ${submit[@]+"${submit[@]}"} train --models-dir "$work" --name "$name" "$@" >"$work/$name.out" 2>>"$work/$name.log" </dev/null
}
# The parameters, the optimizer's state and the carried state of a run.
bits() {
  for entry in coefficients.bin updaterState.bin state.bin; do
    unzip -p "$work/$1/last.zip" "$entry" | cksum
  done
}
check() {
  if [ "$2" = "$3" ] && [ -n "$2" ]; then
    echo "ok      $1"
  else
    echo "FAILED  $1"
    tail -n 5 "$work"/*.log
    failed=1
  fi
}

"$here/charnn" train --models-dir "$work" --name alone "${settings[@]}" --steps 200 --quiet >/dev/null 2>"$work/alone.log"
spark one "${settings[@]}" --steps 200 --workers 1 --inner-steps 70
check "one worker trains as train does" "$(bits alone)" "$(bits one)"

spark whole "${settings[@]}" --steps 1000 "${two[@]}" --quiet
# An executor is killed after the first evaluation.
(
  until grep -q 'validation [0-9]' "$work/killed.log" 2>/dev/null; do sleep 0.2; done
  pkill -KILL -n -f "CoarseGrainedExecutorBackend.*$work" || pkill -KILL -n -f CoarseGrainedExecutorBackend
) &
killer=$!
spark killed --master 'local-cluster[2,1,1024]' "${settings[@]}" --steps 1000 "${two[@]}"
kill "$killer" 2>/dev/null
check "an executor was lost" 1 "$(grep -c 'Lost executor' "$work/killed.log")"
check "a killed executor changes no bit" "$(bits whole)" "$(bits killed)"

spark resumed "${settings[@]}" --steps 1000 "${two[@]}" &
child=$!
until grep -q 'validation [0-9]' "$work/resumed.log" 2>/dev/null || ! kill -0 "$child" 2>/dev/null; do sleep 0.2; done
pkill -TERM -f "charnn-spark.jar train --models-dir $work --name resumed"
wait "$child"
spark resumed --resume
check "it was interrupted and resumed" 1 "$(grep -c 'resuming at step' "$work/resumed.log")"
check "an interrupted run, resumed, has the same bits" "$(bits whole)" "$(bits resumed)"
exit $failed
