// Undo and redo of a text area. A browser's own forgets everything when a script sets the text, and takes seconds for many lines.

const MOST_STEPS = 1000;
const TYPING = ["insertText", "deleteContentBackward"];
const PAUSE_MILLIS = 1000; // typing that goes on sooner is one step

/**
 * Starts to remember what changes in a text area.
 *
 * @param changed called when a step was undone or done again
 */
export function startUndo(text, changed) {
  let steps = []; // of {at, removed, inserted, typed: when, or 0}
  let done = 0; // steps that were not undone
  let known = text.value;

  /** Remembers what has changed since the last call. */
  function note(typed) {
    const now = text.value;
    if (now === known) return;
    const most = Math.min(now.length, known.length);
    let at = 0;
    while (at < most && now[at] === known[at]) at++;
    let same = 0; // at the end
    while (same < most - at && now[now.length - 1 - same] === known[known.length - 1 - same]) same++;
    const step = { at, removed: known.slice(at, known.length - same), inserted: now.slice(at, now.length - same), typed };
    known = now;
    steps.length = done;
    if (joins(steps[done - 1], step)) return;
    steps.push(step);
    if (steps.length > MOST_STEPS) steps.shift();
    done = steps.length;
  }

  /** Adds a step to the one before, if both are of one run of typing or of deleting. */
  function joins(last, step) {
    if (!last?.typed || !step.typed || step.typed - last.typed > PAUSE_MILLIS) return false;
    if (last.removed === "" && step.removed === "" && step.at === last.at + last.inserted.length) {
      last.inserted += step.inserted;
    } else if (last.inserted === "" && step.inserted === "" && step.at + step.removed.length === last.at) {
      last.at = step.at;
      last.removed = step.removed + last.removed;
    } else {
      return false;
    }
    last.typed = step.typed;
    return true;
  }

  function replace(at, before, after) {
    text.focus();
    text.setRangeText(after, at, at + before.length, "end");
    known = text.value;
    changed();
  }

  function undo() {
    if (text.readOnly || done === 0) return;
    const { at, removed, inserted } = steps[--done];
    replace(at, inserted, removed);
  }

  function redo() {
    if (text.readOnly || done === steps.length) return;
    const { at, removed, inserted } = steps[done++];
    replace(at, removed, inserted);
  }

  text.addEventListener("input", (event) => note(TYPING.includes(event.inputType) ? event.timeStamp : 0));
  // The browser's menu.
  text.addEventListener("beforeinput", (event) => {
    const command = { historyUndo: undo, historyRedo: redo }[event.inputType];
    if (!command) return;
    event.preventDefault();
    command();
  });
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const command = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
    if (!command) return;
    event.preventDefault();
    command();
  });

  return { note: () => note(0), undo, redo };
}
