#!/usr/bin/env bash
# Trains the bundled model and writes its card: models/bundled.zip and models/README.md.
#
#   scripts/bundled-model.sh GRIMM.TXT           trains, and writes both
#   scripts/bundled-model.sh --card GRIMM.TXT    writes only the card, of models/bundled.zip as it is
#
# GRIMM.TXT is Grimm's fairy tales, Project Gutenberg's number 2591 (corpora/README.md). On the same kind of machine, and the same
# Java, the model comes out the same to the byte. Interrupted, it continues where it stopped when started again.
set -euo pipefail
export LC_ALL=C.UTF-8

case ${1-} in -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;; esac
card_only=
[ "${1-}" != --card ] || { card_only=yes; shift; }
[ $# -eq 1 ] && [ -f "$1" ] || { echo "usage: bundled-model.sh [--card] GRIMM.TXT, the text of Grimm's fairy tales" >&2; exit 2; }
text=$1
here=$(cd "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")" && pwd -P)
charnn=$here/charnn
models=$here/../models
work=$models/bundled-training
hyperparameters=(--layers 1 --hidden 512 --batch-size 32 --seq-length 32 --dropout 0.5 --locked-dropout --weight-drop 0.3
  --weight-decay 0.02 --learning-rate 0.014 --lr-input-factor 2 --lr-recurrent-factor 0.3 --epochs 50 --seed 1)

if [ -z "$card_only" ]; then
  if [ -e "$work/grimm/last.zip" ] || [ -e "$work/grimm/rollback.zip" ]; then
    "$charnn" train --models-dir "$work" --name grimm --resume --corpus "$text" >/dev/null
  else
    "$charnn" train --models-dir "$work" --name grimm --corpus "$text" "${hyperparameters[@]}" >/dev/null
  fi
  cp "$work/grimm/best.zip" "$models/bundled.zip.tmp"
  mv "$models/bundled.zip.tmp" "$models/bundled.zip"
  echo "bundled-model: wrote $models/bundled.zip ($(wc -c <"$models/bundled.zip") bytes)" >&2
fi
use=(--model bundled)
evaluate() { "$charnn" eval "${use[@]}" --corpus "$text" --validation "$@" 2>/dev/null; }
sample() { "$charnn" sample "${use[@]}" --temperature "$1" --length "$2" --seed 1 2>/dev/null; }
novelty() { "$charnn" novelty --corpus "$text" "$@" 2>/dev/null; }
# Each in a variable of its own, so that one that fails ends the script.
description=$("$charnn" info "${use[@]}" 2>/dev/null)
carried=$(evaluate)
windows=$(evaluate --protocol windows --context 256)
copies= samples=
for temperature in 0.2 0.5 1.0 2.0; do
  long=$(sample "$temperature" 20000)
  short=$(sample "$temperature" 500)
  copied=$(novelty <<<"$long")
  copied=${copied//"$text"/"${text##*/}"}
  copies+=$(printf '**Temperature %s**\n\n```\n%s\n```' "$temperature" "$copied")$'\n\n'
  samples+=$(printf '**Temperature %s**\n\n```\n%s\n```' "$temperature" "$short")$'\n\n'
done
{
  cat <<EOF
# The bundled model

\`bundled.zip\` is a character model of Grimm's fairy tales in English: \`charnn sample\` and \`charnn continue\` use it
until you have trained a model of your own, and \`--model bundled\` at any time. The text is Project Gutenberg's number 2591, whose copyright has
expired in the United States; it is not in this repository. The model is dedicated to the public domain (CC0 1.0).
\`scripts/bundled-model.sh grimm.txt\` made it and wrote this page.

## Training

    charnn train --corpus grimm.txt ${hyperparameters[*]}

\`\`\`
$description
\`\`\`

## Loss

On the validation set, the last tenth of the text. Stateful, the state is carried through it:

\`\`\`
$carried
\`\`\`

In windows of 256 characters, each from zero state:

\`\`\`
$windows
\`\`\`

## Memorization

20,000 characters at each temperature, compared with the text:

$copies## Samples

The first 500 characters with seed 1.

$samples## Limits

It has learned spelling, rhythm and turns of phrase of one old translation, with its views of kings, stepmothers and the poor; it cannot tell a
story, and does not know what it says. It knows no characters but the book's.
EOF
} >"$models/README.md.tmp"
mv "$models/README.md.tmp" "$models/README.md"
echo "bundled-model: wrote $models/README.md" >&2
