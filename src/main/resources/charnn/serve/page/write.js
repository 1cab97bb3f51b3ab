// The writing desk: a text, the words that the model proposes after the cursor, and how much each character surprised it.

import { ApiError, post, stream } from "./api.js";
import { startUndo } from "./undo.js";

const element = (id) => document.getElementById(id);
const TEXT = "charnn.text";
const SETTINGS = "charnn.settings";
const BLOCK = 1024; // the model reads from a multiple of this on, as charnn write does
const MOST_SENT = 90 * BLOCK;
const MOST_SCORED = 8000;
const LEVELS = [1, 3, 6]; // bits, as charnn score has them
const NARROWING = ["top_p", "top_k", "min_p", "typical_p", "top_n_sigma"];
const CHARACTERS = ["only", "ban"];
const WRITING = ["dry", "surprise", "seed"];

export function startDesk({ model, trouble }) {
  const text = element("text");
  const under = element("under");
  let ghost = ""; // what is proposed after the cursor, or is being written there
  let ghostAt = -1; // the cursor's place then
  let hidden = false; // until something is typed
  let alternative = 0;
  let asking = null; // the request in progress
  let askingTimer = 0;
  let writing = null; // a text that is being written
  let scores = { text: "", start: 0, bits: [], tops: [] };
  let scoring = null;
  let scoringTimer = 0;
  let savingTimer = 0;

  // ---- Settings

  const inputs = [...document.querySelectorAll("aside input, aside select")];

  function number(id) {
    const value = element(id).value.trim();
    return value === "" || !element(id).checkValidity() ? undefined : Number(value);
  }

  /** Returns the parameters of fields of text that are filled in. */
  function texts(ids) {
    return Object.fromEntries(ids.map((id) => [id, element(id).value]).filter(([, value]) => value !== ""));
  }

  function numbers(ids) {
    return Object.fromEntries(ids.map((id) => [id, number(id)]).filter(([, value]) => value !== undefined));
  }

  function showSettings() {
    element("temperature-shown").textContent = Number(element("temperature").value).toFixed(2);
    element("words-shown").textContent = element("words").value;
    element("legend").hidden = !element("colours").checked;
    element("character").hidden = !element("colours").checked;
  }

  function keepSettings() {
    const kept = Object.fromEntries(inputs.map((input) => [input.id, input.type === "checkbox" ? input.checked : input.value]));
    store(SETTINGS, JSON.stringify(kept));
  }

  function readSettings() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(SETTINGS)) ?? {};
    } catch {
      // Settings of another version: the usual ones.
    }
    for (const input of inputs) {
      if (!(input.id in kept)) continue;
      if (input.type === "checkbox") input.checked = kept[input.id] === true;
      else input.value = kept[input.id];
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false; // The browser's store is full, or off.
    }
  }

  // ---- The text

  const cursor = () => text.selectionStart;
  const isSelecting = () => text.selectionStart !== text.selectionEnd;
  const isWordCharacter = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

  /** Replaces the selection; it is one step for undo. */
  function insert(more) {
    text.focus();
    text.setRangeText(more, text.selectionStart, text.selectionEnd, "end");
    edits.note();
    changed();
    showCursor();
  }

  function changed() {
    element("count").textContent = `${[...text.value].length.toLocaleString("en")} characters`;
    clearTimeout(savingTimer);
    savingTimer = setTimeout(() => {
      element("saved").textContent = store(TEXT, text.value) ? "kept in this browser" : "the browser keeps no more; save to a file";
    }, 300);
    hidden = false;
    keepGhost();
    draw();
    ask();
    score();
  }

  /** What was typed may be what was proposed: the rest of the proposal stays. */
  function keepGhost() {
    const typed = ghostAt < 0 ? "" : text.value.slice(ghostAt, cursor());
    if (ghost && cursor() > ghostAt && ghost.startsWith(typed)) {
      ghost = ghost.slice(typed.length);
      ghostAt = cursor();
    } else if (cursor() !== ghostAt) {
      ghost = "";
      ghostAt = -1;
      alternative = 0;
    }
  }

  // ---- Drawing

  /** Returns the level of a character's surprise, 0 to 3. */
  const level = (bits) => (bits === null ? 0 : LEVELS.filter((bound) => bits > bound).length);

  /** Adds a part of the text, in the colours of its surprise. */
  function addColoured(from, to) {
    const part = (start, end, of) => {
      if (end <= start) return;
      const node = document.createElement("span");
      if (of) node.className = `s${of}`;
      node.textContent = text.value.slice(start, end);
      under.append(node);
    };
    const known = element("colours").checked ? Math.min(to, scores.start + scores.bits.length) : from;
    let at = Math.max(from, Math.min(to, scores.start));
    part(from, at, 0);
    while (at < known) {
      const of = level(scores.bits[at - scores.start]);
      let end = at + 1;
      while (end < known && level(scores.bits[end - scores.start]) === of) end++;
      part(at, end, of);
      at = end;
    }
    part(Math.max(at, from), to, 0);
  }

  function draw() {
    const shown = !hidden && ghost !== "" && !isSelecting();
    const at = cursor();
    const inline = text.value.slice(at).trim() === "";
    under.replaceChildren();
    addColoured(0, shown && inline ? at : text.value.length);
    if (shown && inline) {
      const node = document.createElement("span");
      node.className = "ghost";
      node.textContent = ghost;
      under.append(node);
      addColoured(at, text.value.length);
    }
    under.append("\u200b"); // The line after a last line end has a height.
    const proposal = element("proposal");
    proposal.className = inline ? "inline" : "";
    proposal.textContent = shown ? ghost : "";
    element("take").disabled = element("take-all").disabled = !shown || writing !== null;
    element("stop").disabled = writing === null;
    element("write-on").disabled = writing !== null;
  }

  /** Scrolls to where the cursor is, as the browser does when one types. */
  function showCursor() {
    let left = cursor();
    for (const node of under.childNodes) {
      const length = node.className === "ghost" ? 0 : node.textContent.length;
      if (left <= length && node.className !== "ghost") {
        const range = document.createRange();
        range.setStart(node.firstChild ?? node, left);
        show(range.getBoundingClientRect());
        return;
      }
      left -= length;
    }
  }

  function show(box) {
    if (box.bottom > innerHeight) scrollBy(0, box.bottom - innerHeight + 80);
    else if (box.top < 0) scrollBy(0, box.top - 80);
  }

  let drawing = 0;

  /** Draws what is being written, as often as the screen can show it. */
  function drawSoon() {
    drawing ||= requestAnimationFrame(() => {
      drawing = 0;
      if (!writing) return;
      draw();
      const node = document.querySelector("#under .ghost");
      const lines = [...(node?.getClientRects() ?? [])];
      if (lines.length) show(lines.at(-1));
    });
  }

  // ---- Proposals

  /** Returns what is sent of the text before a place, so that the model reads from the same place on while the text grows. */
  function before(place) {
    const from = Math.max(0, Math.ceil((place - MOST_SENT) / BLOCK) * BLOCK);
    return text.value.slice(from, place);
  }

  function ask() {
    clearTimeout(askingTimer);
    asking?.abort();
    asking = null;
    const inside = isWordCharacter(text.value[cursor() - 1]) && isWordCharacter(text.value[cursor()]);
    if (!element("proposes").checked || hidden || writing || isSelecting() || inside) return;
    if (ghost.trim() !== "" && ghostAt === cursor() && alternative === 0) return;
    askingTimer = setTimeout(propose, 40);
  }

  async function propose() {
    const place = cursor();
    const own = (asking = new AbortController());
    try {
      const answer = await post(
        "/v1/propose",
        {
          model: model(),
          input: before(place),
          words: Number(element("words").value),
          temperature: Number(element("temperature").value),
          alternative,
          ...numbers(NARROWING),
          ...texts(CHARACTERS),
        },
        own.signal,
      );
      if (asking !== own || place !== cursor() || hidden) return;
      ghost = answer.text;
      ghostAt = place;
      trouble(null);
      draw();
    } catch (error) {
      report(error);
    } finally {
      if (asking === own) asking = null;
    }
  }

  function report(error) {
    if (error.name === "AbortError") return;
    trouble(error instanceof ApiError ? error.message : `${error}`);
  }

  function forget() {
    ghost = "";
    ghostAt = -1;
    draw();
  }

  function askAnew() {
    if (writing) return;
    hidden = false;
    forget();
    ask();
  }

  /** Takes the first word of what is proposed, with the white space around it. */
  function take(all) {
    if (!ghost || writing) return;
    const word = all ? ghost : /^\s*\S+\s*/u.exec(ghost)?.[0] ?? ghost;
    insert(word);
  }

  function other(step) {
    if (writing) return;
    alternative = Math.max(0, alternative + step);
    hidden = false;
    clearTimeout(askingTimer);
    asking?.abort();
    propose();
  }

  // ---- Writing on: what is written is grey, and becomes text as a whole when it ends

  async function writeOn() {
    if (writing) {
      writing.abort();
      return;
    }
    asking?.abort();
    clearTimeout(askingTimer);
    const own = (writing = new AbortController());
    const place = cursor();
    text.readOnly = true;
    ghost = "";
    ghostAt = place;
    hidden = false;
    draw();
    try {
      const body = {
        model: model(),
        prompt: before(place),
        max_tokens: number("max_tokens") ?? 400,
        temperature: Number(element("temperature").value),
        until: element("until").value || undefined,
        stop: element("stop_before").value || undefined,
        ...numbers(NARROWING),
        ...texts(CHARACTERS),
        ...numbers(WRITING),
      };
      for await (const event of stream(body, own.signal)) {
        ghost += event.choices.map((choice) => choice.text).join("");
        drawSoon();
      }
      trouble(null);
    } catch (error) {
      report(error);
    } finally {
      const written = ghost;
      writing = null;
      text.readOnly = false;
      ghost = "";
      ghostAt = -1;
      text.setSelectionRange(place, place);
      if (written && !own.dropped) insert(written);
      else changed();
      draw();
    }
  }

  function stop(drops) {
    if (writing) {
      writing.dropped = drops;
      writing.abort();
    }
  }

  // ---- Surprise

  function score() {
    clearTimeout(scoringTimer);
    scoring?.abort();
    scoring = null;
    const same = commonPrefix(scores.text, text.value.slice(scores.start));
    scores.bits.length = Math.min(scores.bits.length, same);
    scores.tops.length = Math.min(scores.tops.length, same);
    showCharacter();
    if (!element("colours").checked || text.value.trim() === "") return;
    scoringTimer = setTimeout(scoreNow, 250);
  }

  function commonPrefix(a, b) {
    const most = Math.min(a.length, b.length);
    let at = 0;
    while (at < most && a[at] === b[at]) at++;
    return at;
  }

  async function scoreNow() {
    const own = (scoring = new AbortController());
    let start = Math.max(0, text.value.length - MOST_SCORED);
    if (/[\udc00-\udfff]/.test(text.value[start] ?? "")) start++;
    const sent = text.value.slice(start);
    try {
      const answer = await post("/v1/score", { model: model(), input: sent, logprobs: 5 }, own.signal);
      if (scoring !== own) return;
      const { tokens, token_logprobs, top_logprobs } = answer.logprobs;
      const found = { text: sent, start, bits: [], tops: [] };
      if (tokens.join("") === sent) {
        // Of a character of two UTF-16 units, both have its surprise.
        tokens.forEach((token, i) => {
          for (let unit = 0; unit < token.length; unit++) {
            found.bits.push(token_logprobs[i] === null ? null : -token_logprobs[i] / Math.LN2);
            found.tops.push(top_logprobs[i]);
          }
        });
      }
      scores = found;
      trouble(null);
      draw();
      showCharacter();
    } catch (error) {
      // A text of one character has nothing to score.
      if (error.status !== 400) report(error);
    }
  }

  const visible = (character) => ({ "\n": "↵", " ": "␣", "\t": "→" })[character] ?? character;

  /** Tells how surprising the character before the cursor was, and what was likelier. */
  function showCharacter() {
    const place = cursor() - 1 - scores.start;
    const box = element("character");
    const bits = scores.bits[place];
    box.replaceChildren();
    if (!element("colours").checked || bits === undefined || bits === null) return;
    let character = text.value[cursor() - 1];
    if (/[\udc00-\udfff]/.test(character)) character = text.value.slice(cursor() - 2, cursor());
    const name = document.createElement("b");
    name.textContent = visible(character);
    box.append(name, ` surprised by ${bits.toFixed(1)} bits (${percent(2 ** -bits)})`);
    const list = document.createElement("ol");
    for (const [other, logprob] of Object.entries(scores.tops[place] ?? {})) {
      const item = document.createElement("li");
      const code = document.createElement("code");
      code.textContent = visible(other);
      item.append(code, percent(Math.exp(logprob)));
      list.append(item);
    }
    box.append(list);
  }

  const percent = (p) => (p < 0.0005 ? "under 0.1 %" : `${(100 * p).toFixed(p < 0.1 ? 1 : 0)} %`);

  // ---- Files

  function save() {
    const blob = new Blob([text.value], { type: "text/plain" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "text.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    element("saved").textContent = "saved as text.txt";
  }

  async function openFile(file) {
    const read = (await file.text()).replace(/\r\n?/g, "\n");
    text.focus();
    text.select();
    insert(read);
  }

  // ---- Events

  text.value = localStorage.getItem(TEXT) ?? "";
  const edits = startUndo(text, () => {
    changed();
    showCursor();
  });
  text.addEventListener("input", changed);
  text.addEventListener("keydown", (event) => {
    const alt = event.altKey && !event.ctrlKey && !event.metaKey;
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Tab" && !alt && !command && ghost && !hidden && !writing) {
      take(event.shiftKey);
    } else if (alt && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      other(event.key === "ArrowDown" ? 1 : -1);
    } else if (alt && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const slider = element("temperature");
      slider.value = Number(slider.value) + (event.key === "ArrowLeft" ? -0.1 : 0.1);
      slider.dispatchEvent(new Event("input"));
    } else if (command && event.key === "Enter") {
      writeOn();
    } else if (event.key === "Escape" && (writing || (ghost && !hidden))) {
      stop(true);
      hidden = true;
      draw();
    } else if (command && event.key === "s") {
      save();
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("selectionchange", () => {
    if (document.activeElement !== text || writing) return;
    if (cursor() !== ghostAt || isSelecting()) {
      keepGhost();
      ask();
    }
    draw();
    showCharacter();
  });
  for (const input of inputs) {
    input.addEventListener("input", () => {
      showSettings();
      keepSettings();
      if (input.id === "colours") {
        draw();
        score();
      } else {
        askAnew();
      }
    });
  }
  // A button leaves the focus in the text, so that one can write on.
  const press = (id, action) => {
    element(id).addEventListener("mousedown", (event) => event.preventDefault());
    element(id).addEventListener("click", action);
  };
  press("take", () => take(false));
  press("take-all", () => take(true));
  press("other", () => other(1));
  press("write-on", () => writeOn());
  press("stop", () => stop(false));
  press("undo", edits.undo);
  press("redo", edits.redo);
  press("save", save);
  press("open", () => element("file").click());
  element("file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) openFile(file).catch(report);
    event.target.value = "";
  });

  readSettings();
  showSettings();
  element("count").textContent = `${[...text.value].length.toLocaleString("en")} characters`;
  draw();
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);

  return {
    modelChanged() {
      scores = { text: "", start: 0, bits: [], tops: [] };
      askAnew();
      score();
    },
  };
}
