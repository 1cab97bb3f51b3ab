#!/usr/bin/env bash
# Runs the experiments of the laboratory as their pages show them, and puts what they print and draw into docs/lab/.
#
#   scripts/lab.sh [NAME...]    these experiments (default: all)
#
# All take hours on two cores. A page is written when its experiment has ended; what it has not reached stays as it was.
set -uo pipefail
export LC_ALL=C.UTF-8

case ${1-} in
  -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
esac
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
pages=$(cd "$here/../docs/lab" && pwd -P)
if [ $# -eq 0 ]; then
  for page in "$pages"/*.md; do
    name=$(basename "$page" .md)
    [ "$name" = README ] || set -- "$@" "$name"
  done
fi
failed=0
for name in "$@"; do
  started=$SECONDS
  echo "lab: $name" >&2
  if "$here/examples.sh" "$pages/$name.md" >&2; then
    echo "lab: $name took $((SECONDS - started)) seconds" >&2
  else
    failed=1
  fi
done
exit $failed
