#!/usr/bin/env bash
# Looks for inputs that break the readers of model files, corpora, saved states, prompts and metrics, guided by coverage.
#
#   scripts/fuzz.sh [SECONDS [TARGET...]]      default: 120 seconds for each of the targets in FileFuzzTest
#
# Ends with the number of inputs tried. An input that breaks something is saved beside the test, in
# src/test/resources/charnn/fuzz, where every build tries it again.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")/.."
seconds=${1:-120}
[ $# -le 1 ] || shift
targets=("$@")
[ "${targets[0]-}" = "$seconds" ] && targets=()
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(sed -n 's/^  void \(any[A-Za-z]*\)(.*/\1/p' src/test/java/charnn/fuzz/FileFuzzTest.java)
mvn -B -q test-compile
mvn -B -q dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
all=0
broken=0
for target in "${targets[@]}"; do
  log=target/fuzz-$target.log
  corpus=target/fuzz-corpus/$target
  mkdir -p "$corpus"
  status=0
  java -cp "target/test-classes:target/classes:$(cat target/test-classpath)" com.code_intelligence.jazzer.Jazzer \
    --target_class=charnn.fuzz.FileFuzzTest --target_method="$target" --instrumentation_includes='charnn.**' \
    --reproducer_path=target -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="target/$target-" \
    "$corpus" "src/test/resources/charnn/fuzz/FileFuzzTestInputs/$target" >"$log" 2>&1 || status=$?
  tried=$(sed -n "s/^stat::number_of_executed_units: *//p" "$log" | tail -n 1)
  echo "$target: ${tried:-0} inputs tried$([ $status -eq 0 ] || echo "; BROKEN, see $log")"
  all=$((all + ${tried:-0}))
  [ $status -eq 0 ] || broken=$((broken + 1))
done
echo "$all inputs tried, $broken targets broken"
[ $broken -eq 0 ]
