#!/usr/bin/env bash
# Makes the outputs of the examples in a page with the bundled model, so that they cannot grow stale.
#
#   scripts/examples.sh [PAGE]            writes the outputs into the page (default: docs/generating.md)
#   scripts/examples.sh --check [PAGE]    fails if the page has others
#
# An example is a line "$ COMMAND" in a block of ```console. What stands behind it, to the next one or to the end of the
# block, is its output, without spaces at the ends of lines. The commands run one after another in an empty folder that has corpora/. Models compute on the
# plain engine, whose results are the same on every machine. What `charnn lab` draws, and the page shows, is put beside the page.
set -euo pipefail
export LC_ALL=C.UTF-8

fail() { echo "examples: $*" >&2; exit 1; }
check=
case ${1-} in
  -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
  --check) check=yes; shift ;;
  -*) fail "there is no option $1; see examples.sh --help" ;;
esac
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
page=${1:-$here/../docs/generating.md}
[ -f "$page" ] || fail "there is no page $page"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/folder"
ln -s "$here/../corpora" "$work/folder/corpora"

charnn() {
  local command=$1
  shift
  case "$command $*" in
    *' --engine '*) "$here/charnn" "$command" "$@" ;;
    'sample '* | 'continue '* | 'score '* | 'eval '*) "$here/charnn" "$command" --engine scalar "$@" ;;
    *) "$here/charnn" "$command" "$@" ;;
  esac
}

# Prints what a command prints, with a newline at the end, and no space at the end of a line.
output() {
  (cd "$work/folder" && set +e +o pipefail && eval "$1") >"$work/out" 2>"$work/err" </dev/null ||
    fail "'$1' failed: $(cat "$work/err")"
  sed 's/ *$//' "$work/out"
  [ -z "$(tail -c 1 "$work/out")" ] || echo
}

block=none
number=0
examples=0
while IFS= read -r line; do
  number=$((number + 1))
  case $block:$line in
    none:'```'*)
      block=${line#'```'}
      block=${block:-plain}
      ;;
    *:'```') block=none ;;
    console:'$ '*)
      printf '%s\n' "$line"
      output "${line#'$ '}"
      examples=$((examples + 1))
      continue
      ;;
    console:*) continue ;; # an old output
    plain:'charnn '*) fail "line $number: an example stands in a block of \`\`\`console, as '$ $line'" ;;
  esac
  printf '%s\n' "$line"
done <"$page" >"$work/page"

if [ -n "$check" ]; then
  diff -u "$page" "$work/page" || fail "$page is not what the commands print; run scripts/examples.sh $page"
else
  cp "$work/page" "$page"
  { grep -o ']([^):]*\.png)' "$page" || :; } | while IFS= read -r link; do
    picture=${link#](}
    picture=${picture%)}
    mkdir -p "$(dirname "$page")/$(dirname "$picture")"
    cp "$work/folder/lab/$picture" "$(dirname "$page")/$picture"
  done
fi
echo "$examples examples"
