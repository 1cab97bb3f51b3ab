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
# Started again after a crash, a reboot or Ctrl-C, it continues where it stopped: finished runs are skipped, a begun
# one is resumed. If its line was edited meanwhile, a later end (more --steps, --epochs or --time) is used; a run
# that cannot resume with the new options fails with an error. A failed run does not stop the others.
# To sample from one of the models: charnn sample --models-dir FOLDER --model NAME
set -uo pipefail
export LC_ALL=C.UTF-8

fail() { echo "overnight: $*" >&2; exit 2; }
say() { echo "overnight: $*" >&2; }

case ${1-} in -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;; esac
[ $# -ge 1 ] && [ $# -le 2 ] || fail "usage: overnight.sh RUNS [FOLDER]; see overnight.sh --help"
runs=$1
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
folder=${2:-$here/../models/overnight}
charnn=$here/charnn
[ -f "$runs" ] && [ -r "$runs" ] || fail "cannot read $runs; name a file with one run a line"
# A name is a run's folder and the beginning of its other files' names: nothing may be written elsewhere.
check_name() {
  local ascii=${1//[^ -~]/}
  [[ $1 =~ ^[[:alnum:]] ]] && [[ $ascii =~ ^[A-Za-z0-9._-]*$ ]] && [[ ! $1 =~ [[:cntrl:]] ]] && [ ${#1} -le 100 ] ||
    fail "a run's name must begin with a letter or digit and hold at most 100 letters, digits, '.', '_' and '-', got '$1'"
  [[ $1 != *[$'\u0300'-$'\u036f']* ]] || fail "the run '$1' has accents apart from their letters; write it with composed letters"
  [ "$(printf %s "$1" | wc -c)" -le 240 ] || fail "the name of run '$1' is too long for a file; shorten it"
  case $1 in
    bundled | lock | results.txt | *.log | *.out | *.options) fail "a run cannot be called '$1'; give it another name" ;;
  esac
}

# The list is read whole before the first run, so that it may be edited meanwhile.
names=()
options=()
byte_order_mark=$'\xef\xbb\xbf'
while IFS= read -r line || [ -n "$line" ]; do
  line=${line#"$byte_order_mark"}
  read -r name rest <<<"${line%$'\r'}"
  case $name in '' | '#'*) continue ;; esac
  check_name "$name"
  case " ${names[*]-} " in *" $name "*) fail "the run '$name' is twice in $runs; give each its own name" ;; esac
  # The options are the user's own shell words.
  (set +u; eval "words=($rest)") 2>/dev/null || fail "the options of run '$name' are not quoted as the shell needs them: $rest"
  names+=("$name")
  options+=("$rest")
done <"$runs"
[ ${#names[@]} -gt 0 ] || fail "there is no run in $runs"

mkdir -p "$folder" || fail "cannot write to $folder"
if command -v flock >/dev/null; then
  exec 8>"$folder/lock" || fail "cannot write to $folder"
  flock -n 8 || fail "another overnight.sh, or a training that it began, is at work in $folder; wait for it, or name another folder"
fi

# A signal to this script alone is passed on: the training saves. No other run is begun.
child=
stopped=
trap 'stopped=1; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' INT TERM HUP

# Sets words to the arguments without what only a new run can take.
drop_init_from() {
  words=()
  while [ $# -gt 0 ]; do
    case $1 in
      --init-from) shift ;;
      --init-from=*) ;;
      *) words+=("$1") ;;
    esac
    [ $# -eq 0 ] || shift
  done
}

failed=()
for i in "${!names[@]}"; do
  [ -z "$stopped" ] || { say "interrupted; start again to continue"; exit 130; }
  name=${names[$i]}
  # The options that the run was begun with, or last resumed with.
  before=$folder/$name.options
  set +u
  eval "words=(${options[$i]})"
  set -u
  if [ -e "$folder/$name/last.zip" ] || [ -e "$folder/$name/rollback.zip" ]; then
    if [ -f "$before" ] && [ "$(cat "$before")" = "${options[$i]}" ]; then
      words=(--resume)
    else
      [ ! -f "$before" ] || say "the line of run '$name' was edited; it resumes with the new options if it can"
      drop_init_from ${words[@]+"${words[@]}"}
      words=(--resume ${words[@]+"${words[@]}"})
    fi
  else
    printf '%s\n' "${options[$i]}" >"$before"
  fi
  say "run '$name' ($((i + 1)) of ${#names[@]}), log in $folder/$name.log"
  "$charnn" train --models-dir "$folder" --name "$name" ${words[@]+"${words[@]}"} >>"$folder/$name.out" 2>>"$folder/$name.log" </dev/null &
  child=$!
  [ -z "$stopped" ] || kill -TERM "$child" 2>/dev/null # a signal came before there was a child
  wait "$child"
  code=$?
  while kill -0 "$child" 2>/dev/null; do
    wait "$child" # A signal ended the first wait, not the training.
    code=$?
  done
  child=
  case $code in 0 | 130) printf '%s\n' "${options[$i]}" >"$before" ;; esac
  if [ -n "$stopped" ] || [ $code -eq 130 ]; then
    say "interrupted in run '$name'; start again to continue"
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
    mark=
    case " ${failed[*]-} " in *" $name "*) mark=' failed' ;; esac
    if [ ! -f "$file" ]; then
      printf '%-24s %10s%s\n' "$name" - "$mark"
      continue
    fi
    # step,epoch,characters,learning_rate,loss,bits_per_character,accuracy,held_out_loss,held_out_accuracy,seconds
    awk -F, -v name="$name" -v mark="$mark" '
      NR > 1 { steps = $1; epochs = $2 }
      NR > 1 && $8 != "" && (best == "" || $8 + 0 < best + 0) { best = $8; at = $1 }
      END {
        if (best == "") printf "%-24s %10d %10.1f %10s %12s %12s%s\n", name, steps, epochs, "-", "-", "-", mark
        else printf "%-24s %10d %10.1f %10d %12.4f %12.4f%s\n", name, steps, epochs, at, best, best / log(2), mark
      }' "$file"
  done
}
table | tee "$folder/results.txt"
[ ${#failed[@]} -eq 0 ] || { say "failed: ${failed[*]}; their logs are $folder/NAME.log"; exit 1; }
