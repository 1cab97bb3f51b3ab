#!/usr/bin/env bash
# OpenAI's own client, from npm, talks to charnn serve: openai-test.sh. Where there is no node, it says so and does nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
client=openai@6.30.1

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "OpenAI's client is not tried: there is no node"
  exit 0
fi
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --ignore-scripts --no-save "$client")

mkdir "$work/models"
"$here/charnn" --version >/dev/null # which builds first, if it must
"$here/charnn" serve --port 0 --models-dir "$work/models" --quiet 2>"$work/err" &
server=$!
for ((i = 0; i < 600; i++)); do
  address=$(sed -n 's/.*open \(http[^ ]*\).*/\1/p' "$work/err")
  [ -z "$address" ] || break
  kill -0 "$server" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
  sleep 0.1
done
[ -n "$address" ] || { echo "the server did not start" >&2; exit 1; }
cd "$work"
CHARNN_SERVER=${address}v1 node --test "$here/openai-client.mjs"

# SIGTERM ends it within two seconds, also while it streams.
curl -sN "${address}v1/completions" -H 'Content-Type: application/json' -d '{"max_tokens": 100000, "n": 8, "stream": true}' >"$work/stream" &
for ((i = 0; i < 100; i++)); do
  [ ! -s "$work/stream" ] || break
  sleep 0.1
done
started=$(date +%s%N)
kill "$server"
wait "$server"
took=$((($(date +%s%N) - started) / 1000000))
server=
grep -q '"code":"stopping"' "$work/stream" || grep -q 'DONE' "$work/stream" || { echo "the stream has no end" >&2; exit 1; }
echo "SIGTERM ended the server, with a stream in progress, in $took ms"
[ "$took" -lt 2500 ] # with the end of Java, and of the shell
