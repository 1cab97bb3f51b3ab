#!/usr/bin/env bash
# Fills the disk under a training, frees it again, and compares the outcome with that of a run left alone; then the same with a
# limit on file sizes, a folder that may not be written, and one that vanishes.
#
#   scripts/full-disk-test.sh        needs the right to mount a small file system in memory (root); takes about a minute
set -euo pipefail
cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")/.."
work=$(mktemp -d)
disk=$work/disk
mkdir "$disk"
trap 'umount "$disk" 2>/dev/null; rm -rf "$work"' EXIT
mount -t tmpfs -o size=4m tmpfs "$disk" || { echo "cannot mount a file system here; run this as root" >&2; exit 2; }
charnn=scripts/charnn
$charnn --version >/dev/null

fail() { echo "FAILED: $1"; [ ! -f "$work/err" ] || cat "$work/err"; exit 1; }
train() { # FOLDER NAME OPTIONS...
  local folder=$1 name=$2
  shift 2
  [ $# -gt 0 ] || set -- --steps 8000
  $charnn train --corpus corpora/tales.txt --models-dir "$folder" --name "$name" --hidden 64 --batch-size 16 --seq-length 16 \
    --checkpoint-every 1s "$@" >"$work/out" 2>"$work/err"
}
rows() { sed 's/,[^,]*$//' "$1/metrics.csv"; }
same() { # NAME FOLDER
  cmp -s <(rows "$work/straight") <(rows "$2") || fail "$1: the rows of metrics differ"
  cmp -s "$work/straight/layers.csv" "$2/layers.csv" || fail "$1: the sizes of the layers differ"
  cmp -s "$work/straight/samples.txt" "$2/samples.txt" || fail "$1: the samples differ"
  $charnn info --model "$2/last.zip" >"$work/info" 2>&1 || fail "$1: last.zip is broken"
  echo "ok: $1"
}

train "$work" straight || fail "the run left alone"

train "$disk" full &
trainer=$!
while [ ! -f "$disk/full/best.zip" ]; do sleep 0.1; done
dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null || true
sleep 4
kill -0 $trainer || fail "full disk: training ended"
grep -q 'cannot save .*tries again' "$work/err" || fail "full disk: nothing was said"
$charnn info --model "$disk/full" >"$work/info" 2>&1 || fail "full disk: what was saved is broken"
rm "$disk/filler"
wait $trainer || fail "full disk: exit code $?"
grep -q 'saving works again' "$work/err" || fail "full disk: the end of it was not said"
same "a disk that is full for a while" "$disk/full"

# Resumed with a later end on a disk with no room at all: nothing saved before may be lost, and the line says what to do.
rows "$disk/full" >"$work/rows"
cp "$disk/full/samples.txt" "$work/samples.txt"
dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null || true
code=0
train "$disk" full --resume --steps 9000 || code=$?
[ $code -eq 1 ] || fail "resumed on a full disk: exit code $code"
grep -q '^charnn:.*Make room, and continue with --resume' "$work/err" || fail "resumed on a full disk: no advice"
cmp -s "$work/rows" <(rows "$disk/full") || fail "resumed on a full disk: rows of metrics are lost"
cmp -s "$work/samples.txt" "$disk/full/samples.txt" || fail "resumed on a full disk: samples are lost"
rm "$disk/filler"
train "$disk" full --resume --steps 9000 || fail "resumed after a full disk: exit code $?"
grep -q '^charnn: saved' "$work/err" || fail "resumed after a full disk: not saved"
echo "ok: a run resumed on a full disk loses nothing"
rm -r "$disk/full"

# Started where there is no room: nothing can be saved, and the same name may be used again.
dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null || true
code=0
train "$disk" new || code=$?
[ $code -eq 1 ] || fail "started on a full disk: exit code $code"
echo "ok: started on a full disk: $(tail -n 1 "$work/err" | cut -c1-110)"
rm "$disk/filler"
train "$disk" new || fail "started again after a full disk: exit code $?"
rm -r "$disk/new"

code=0
(ulimit -f 64; train "$work" limited) || code=$?
[ $code -eq 1 ] || fail "file-size limit: exit code $code"
grep -q "cannot " "$work/err" || fail "file-size limit: nothing was said"
[ "$(grep -c '^charnn:.*cannot' "$work/err")" -le 3 ] || fail "file-size limit: said too often"
echo "ok: a limit on file sizes: $(grep '^charnn:.*cannot' "$work/err" | tail -n 1 | cut -c1-110)"

mkdir "$disk/readonly"
mount -o remount,ro "$disk"
code=0
train "$disk/readonly" run || code=$?
mount -o remount,rw "$disk"
[ $code -eq 1 ] || fail "read-only folder: exit code $code"
echo "ok: a read-only folder: $(tail -n 1 "$work/err" | cut -c1-110)"

train "$work" gone &
trainer=$!
while [ ! -f "$work/gone/best.zip" ]; do sleep 0.1; done
mv "$work/gone" "$work/away"
wait $trainer || fail "vanished folder: exit code $?"
$charnn info --model "$work/gone/last.zip" >"$work/info" 2>&1 || fail "vanished folder: last.zip is broken"
grep -q '8,\?000' "$work/gone/train.log" || fail "vanished folder: train.log is not written again"
echo "ok: a folder that vanishes is made again"
