#!/usr/bin/env bash
# Trains unattended over a list of runs, and ends with a table of results.
#
#   scripts/overnight.sh RUNS [FOLDER]
#
# RUNS is a file with one run a line: a name, then the options of `charnn train`, quoted as for the shell.
# Empty lines and lines that begin with # are skipped. For example:
#
#   grimm-small  --corpus grimm.txt --time 1h
#   grimm-large  --corpus grimm.txt --time 8h --hidden 512 --dropout 0.3
#
# FOLDER (default: models/overnight in charnn's own folder) takes the runs' folders, a log of each, and results.txt.
# Started again after a crash, a reboot or Ctrl-C, it goes on where it stopped: finished runs are passed over, a begun
# one is resumed. A run that fails does not keep the others from being made.
set -uo pipefail

fail() { echo "overnight: $*" >&2; exit 2; }
say() { echo "overnight: $*" >&2; }

[ $# -ge 1 ] && [ $# -le 2 ] || fail "usage: overnight.sh RUNS [FOLDER]"
runs=$1
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
folder=${2:-$here/../models/overnight}
charnn=$here/charnn
[ -r "$runs" ] || fail "cannot read $runs; name a file with one run a line"
mkdir -p "$folder" || fail "cannot write to $folder"

# The list is read whole before the first run, so that it may be edited meanwhile.
names=()
options=()
while read -r name rest || [ -n "$name" ]; do
  case $name in '' | '#'*) continue ;; esac
  case " ${names[*]-} " in *" $name "*) fail "the run '$name' is twice in $runs; give each its own name" ;; esac
  names+=("$name")
  options+=("$rest")
done <"$runs"
[ ${#names[@]} -gt 0 ] || fail "there is no run in $runs"

failed=()
for i in "${!names[@]}"; do
  name=${names[$i]}
  say "run '$name' ($((i + 1)) of ${#names[@]})"
  # The options are the user's own shell words.
  eval "words=(${options[$i]})" || { failed+=("$name"); continue; }
  if [ -e "$folder/$name/last.zip" ]; then
    words=(--resume)
  elif [ -d "$folder/$name" ]; then
    # Begun, but cut off before its first checkpoint: there is nothing to go on from.
    mv "$folder/$name" "$folder/$name.cut-off.$(date +%Y%m%d-%H%M%S)"
  fi
  "$charnn" train --models-dir "$folder" --name "$name" "${words[@]}" >>"$folder/$name.out" 2>>"$folder/$name.log" </dev/null
  code=$?
  if [ $code -eq 130 ]; then
    say "interrupted in run '$name'; start again to go on"
    exit 130
  elif [ $code -ne 0 ]; then
    say "run '$name' failed with exit code $code: $(grep '^charnn:' "$folder/$name.log" | tail -n 1)"
    failed+=("$name")
  fi
done

table() {
  printf '%-24s %10s %10s %10s %12s %12s\n' run steps epochs best-step nats/char bits/char
  for name in "${names[@]}"; do
    file=$folder/$name/metrics.csv
    if [ ! -f "$file" ]; then
      printf '%-24s %10s\n' "$name" failed
      continue
    fi
    # step,epoch,characters,learning_rate,loss,bits_per_character,accuracy,held_out_loss,held_out_accuracy,seconds
    awk -F, -v name="$name" '
      NR > 1 { steps = $1; epochs = $2 }
      NR > 1 && $8 != "" && (best == "" || $8 + 0 < best + 0) { best = $8; at = $1 }
      END {
        if (best == "") printf "%-24s %10d %10.1f %10s %12s %12s\n", name, steps, epochs, "-", "-", "-"
        else printf "%-24s %10d %10.1f %10d %12.4f %12.4f\n", name, steps, epochs, at, best, best / log(2)
      }' "$file"
  done
}
table | tee "$folder/results.txt"
[ ${#failed[@]} -eq 0 ] || { say "failed: ${failed[*]}; their logs are $folder/NAME.log"; exit 1; }
