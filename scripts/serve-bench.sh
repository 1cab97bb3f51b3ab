#!/usr/bin/env bash
# The figures of docs/serving.md: a server of an LSTM of 2x128 under load, beside charnn bench. Takes some minutes; needs a
# quiet machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
"$here/charnn" train --models-dir "$work/models" --name bench --layers 2 --hidden 128 --steps 50 --quiet >/dev/null
vocabulary=$("$here/charnn" info --models-dir "$work/models" --model bench --json | sed -n 's/.*"alphabet_size": *\([0-9]*\).*/\1/p')
"$here/charnn" serve --port 0 --models-dir "$work/models" --model bench --quiet 2>"$work/err" &
server=$!
for ((i = 0; i < 600; i++)); do
  address=$(sed -n 's/.*open \(http[^ ]*\).*/\1/p' "$work/err")
  [ -z "$address" ] || break
  sleep 0.1
done
[ -n "$address" ] || { cat "$work/err" >&2; exit 1; }
in_use() { jcmd "$server" GC.run >/dev/null && jcmd "$server" GC.heap_info | sed -n 's/.* used \([0-9]*K\).*/\1/p' | head -2 | tr '\n' ' '; }
load() { java "$here/ServeLoad.java" "$address" "$server" "$1"; }
throughput() {
  echo "64 clients, characters/s (load $(cut -d' ' -f1 /proc/loadavg)):"
  load throughput | tee -a "$work/throughput"
}
throughput
echo "charnn bench, 64 streams, characters/s (load $(cut -d' ' -f1 /proc/loadavg)):"
"$here/charnn" bench --layers 2 --hidden 128 --vocabulary "$vocabulary" --json 2>/dev/null >"$work/bench"
grep -A3 many_streams "$work/bench"
throughput
bench=$(grep -A1 many_streams "$work/bench" | sed -n 's/.*"median": *\([0-9.]*\).*/\1/p')
for kind in whole streamed; do
  awk -v kind="$kind" -v bench="$bench" \
    '$1 == kind { sum += $2; n++ } END { printf "%s, of bench: %.0f %%\n", kind, 100 * sum / n / bench }' "$work/throughput"
done
echo "first character, idle:"
load latency
load memory >/dev/null # once, so that Java has compiled what it compiles
echo "10,000 requests of 8 clients, of which every tenth leaves; of Java's memory in use (new, old): $(in_use)"
load memory
echo "of Java's memory in use then: $(in_use)"
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
