#!/usr/bin/env bash
# Kills trainings at random moments, resumes them, and compares them to the bit with ones left alone.
#
#   scripts/kill-test.sh [KILLS [SEED]]      default: 100 kills, seed 1; takes about five minutes
set -euo pipefail
cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scripts/charnn --version >/dev/null # builds if need be
mvn -B -q test-compile
java --add-modules jdk.incubator.vector -cp "target/test-classes:target/classes:$(cat target/classpath)" \
  charnn.reliability.KillRuns scripts/charnn "$work" "${1:-100}" "${2:-1}" 2> >(grep -v '^WARNING: Using incubator' >&2)
