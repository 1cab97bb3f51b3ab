"use strict";
// Shows what the cells of charnn's model did. The text comes in as text only: nothing here makes markup of it.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = id => document.getElementById(id);
  const DEEP = 480; // characters of a page with predictions
  const PLAIN = 3000; // and without
  const MATCHES = 12;
  const ENOUGH = 3;
  const form = $("view"), text = $("text"), n = data.text.length;

  const bytes = base64 => Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  const memory = new Int8Array(bytes(data.memory).buffer); // [cells][n]
  const likeliest = new Uint16Array(bytes(data.likeliest).buffer); // [n][kept]
  const probabilities = bytes(data.probabilities);
  const cells = data.layers * data.hidden;
  const value = (cell, place) => memory[cell * n + place] / 127;
  const name = cell => Math.floor(cell / data.hidden) + 1 + ":" + (cell % data.hidden + 1);
  const NAMES = {" ": "a space", "\n": "a newline", "\t": "a tab"};
  const called = character => NAMES[character] ?? "‘" + character + "’";
  const colour = v => `rgb(var(--${v < 0 ? "low" : "high"}) / ${(0.8 * Math.abs(v)).toFixed(2)})`;

  let cell = 0; // that is shown
  let first = 0; // character of the page
  let at = -1; // where the reader is
  let anchor = -1; // where a range begins
  let range = null; // [from, to], both inside
  let marking = false; // whether the next place ends a range
  let places = []; // elements of the page

  function element(tag, content, className) {
    const made = document.createElement(tag);
    if (content !== undefined) made.textContent = content;
    if (className) made.className = className;
    return made;
  }

  const isDeep = () => form.elements.predictions.checked;
  const perPage = () => Math.min(n, isDeep() ? DEEP : PLAIN);

  // The page of the text.
  function drawText() {
    first = Math.max(0, Math.min(first, n - perPage()));
    const last = Math.min(n, first + perPage());
    const all = document.createDocumentFragment();
    places = [];
    text.classList.toggle("deep", isDeep());
    for (let place = first; place < last; place++) {
      const character = data.text[place];
      const one = element("i");
      one.append(element("b", character === "\n" ? "⏎" : character === "\t" ? "→" : character));
      if (isDeep()) {
        for (let k = 0; k < data.kept; k++) {
          const i = place * data.kept + k, next = data.vocabulary[likeliest[i]], p = probabilities[i] / 255;
          const guess = element("s", next === "\n" ? "⏎" : next === " " ? "␣" : next);
          guess.style.backgroundColor = `rgb(var(--likely) / ${(0.75 * p).toFixed(2)})`;
          one.append(guess);
        }
      }
      one.dataset.place = place;
      all.append(one);
      if (character === "\n" && data.text[place + 1] !== "\n") all.append(element("br"));
      places.push(one);
    }
    text.replaceChildren(all);
    $("where").max = Math.max(0, n - perPage());
    $("where").value = first;
    $("where").step = 1;
    $("shown").textContent = `${(first + 1).toLocaleString("en")}–${last.toLocaleString("en")} of ${n.toLocaleString("en")}`;
    $("back").disabled = first === 0;
    $("on").disabled = last === n;
    paint();
  }

  function paint() {
    for (const one of places) {
      const place = Number(one.dataset.place);
      one.firstChild.style.backgroundColor = colour(value(cell, place));
      one.classList.toggle("at", place === at);
      one.classList.toggle("marked", range !== null && place >= range[0] && place <= range[1]);
    }
    drawOverview();
  }

  function drawOverview() {
    const canvas = $("overview"), width = Math.max(200, canvas.clientWidth), height = canvas.height;
    canvas.width = width;
    const pen = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
    const rgb = sign => style.getPropertyValue(sign).trim().split(" ").join(",");
    const high = rgb("--high"), low = rgb("--low");
    for (let x = 0; x < width; x++) {
      const from = Math.floor(x * n / width), to = Math.max(from + 1, Math.floor((x + 1) * n / width));
      let sum = 0;
      for (let place = from; place < Math.min(n, to); place++) sum += value(cell, place);
      const mean = sum / (to - from);
      pen.fillStyle = `rgba(${mean < 0 ? low : high},${Math.abs(mean).toFixed(2)})`;
      pen.fillRect(x, 0, 1, height - 6);
    }
    pen.fillStyle = style.getPropertyValue("--ink");
    pen.fillRect(first * width / n, height - 4, Math.max(3, perPage() * width / n), 4);
  }

  // The cell that is chosen.
  function choose(next, scrolls) {
    cell = Math.max(0, Math.min(cells - 1, next));
    form.elements.layer.value = Math.floor(cell / data.hidden) + 1;
    form.elements.unit.value = cell % data.hidden + 1;
    const about = $("about");
    about.replaceChildren(element("b", "Cell " + name(cell) + " "));
    const known = [];
    for (const of of data.knowledge) {
      const mine = of.cells.find(c => (c.layer - 1) * data.hidden + c.unit - 1 === cell);
      if (mine) known.push({property: of.property, isYesOrNo: of.places >= 0, ...mine});
    }
    known.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
    about.append(known.length === 0 ? "is among the best for no property of the text." :
      "knows: " + known.slice(0, 4).map(k => `${k.property} (r = ${k.correlation.toFixed(2)})`).join("; ") + ".");
    const length = data.lengths[Math.floor(cell / data.hidden)]?.[cell % data.hidden];
    if (length) about.append(` It remembers for about ${length} characters.`);
    if (known.length > 0) {
      const held = known[0].isYesOrNo ? Math.max(-0.995, Math.min(0.995, known[0].yes)) : Math.sign(known[0].correlation) * 0.76;
      about.append(known[0].isYesOrNo ? " Held as where that is so: " : " Held as where that is high: ",
        element("code", `charnn sample --clamp ${name(cell)}=${(data.cellState ? Math.atanh(held) : held).toFixed(1)}`));
    }
    document.querySelectorAll("button.cell").forEach(b => b.classList.toggle("chosen", b.dataset.cell === name(cell)));
    document.body.dataset.cell = name(cell);
    paint();
    describe();
    if (scrolls) form.scrollIntoView({block: "start"});
  }

  // The place where the reader is.
  function go(place, extends_) {
    const before = at;
    at = Math.max(0, Math.min(n - 1, place));
    if (extends_ || marking) {
      anchor = anchor < 0 ? Math.max(0, before < 0 ? at : before) : anchor;
      setRange(Math.min(anchor, at), Math.max(anchor, at));
    } else {
      anchor = -1;
    }
    if (at < first || at >= first + perPage()) {
      first = Math.max(0, Math.min(at - Math.floor(perPage() / 3), n - perPage()));
      drawText();
    } else {
      paint();
    }
    describe();
  }

  function describe() {
    if (at < 0) return;
    const guesses = [];
    for (let k = 0; k < data.kept; k++) {
      const i = at * data.kept + k;
      guesses.push(called(data.vocabulary[likeliest[i]]) + " " + Math.round(100 * probabilities[i] / 255) + " %");
    }
    $("here").textContent = `character ${(at + 1).toLocaleString("en")}, ${called(data.text[at])}: cell ${name(cell)} is at ` +
      `${value(cell, at).toFixed(2)}\nlikeliest ${data.backward ? "before" : "after"} it: ${guesses.join(", ")}`;
    document.body.dataset.at = at;
  }

  // Cells that are on in a range, and where else they are.
  function setRange(from, to) {
    range = [from, to];
    document.body.dataset.range = from + " " + to;
    showRange();
  }

  function isOnAll(c, sign, limit) {
    for (let place = range[0]; place <= range[1]; place++) if (sign * memory[c * n + place] < limit) return false;
    return true;
  }

  function showRange() {
    if (range === null) return;
    const limit = 127 * Number($("threshold").value || 0.5);
    const before = range[0] - 1;
    const on = [];
    for (let c = 0; c < cells; c++) {
      for (const sign of [1, -1]) {
        const wasOn = before >= 0 && sign * memory[c * n + before] >= limit;
        if (isOnAll(c, sign, limit) && !($("begins").checked && wasOn)) on.push({c, sign});
      }
    }
    const strength = ({c, sign}) => {
      let sum = 0;
      for (let place = range[0]; place <= range[1]; place++) sum += sign * memory[c * n + place];
      return sum;
    };
    on.forEach(one => { one.strength = strength(one); });
    on.sort((a, b) => b.strength - a.strength);
    const marked = data.text.slice(range[0], range[1] + 1).join("").replaceAll("\n", "⏎");
    $("range").replaceChildren(element("b", `“${marked.length > 80 ? marked.slice(0, 80) + "…" : marked}”`),
      ` (${range[1] - range[0] + 1} characters): ${on.length === 0 ? "no cell is on all over it" : on.length === 1 ? "1 cell is on" :
        on.length.toLocaleString("en") + " cells are on"}.`);
    $("cells-on").replaceChildren(...on.slice(0, 40).map(one => {
      const made = element("button", name(one.c) + " ", "cell" + (one.c === cell ? " chosen" : ""));
      made.type = "button";
      made.dataset.cell = name(one.c);
      made.append(element("span", one.sign > 0 ? "high" : "low"));
      return made;
    }));
    showMatches(on, limit);
  }

  // Runs of the text where as many as possible of the cells are on; those of the marked range's length come first.
  function showMatches(on, limit) {
    const list = $("matches");
    list.replaceChildren();
    if (on.length === 0) return;
    const counts = new Uint16Array(n);
    for (const {c, sign} of on) for (let place = 0; place < n; place++) if (sign * memory[c * n + place] >= limit) counts[place]++;
    const length = range[1] - range[0] + 1;
    let runs = [], need = on.length;
    for (; need > 0; need = Math.min(need - 1, Math.floor(need * 0.9))) {
      runs = [];
      for (let place = 0; place < n; place++) {
        if (counts[place] < need) continue;
        const from = place;
        while (place + 1 < n && counts[place + 1] >= need) place++;
        if (place < range[0] || from > range[1]) runs.push([from, place]);
      }
      if (runs.length >= ENOUGH) break;
    }
    runs.sort((a, b) => Math.abs(a[1] - a[0] + 1 - length) - Math.abs(b[1] - b[0] + 1 - length) || a[0] - b[0]);
    list.append(element("p", runs.length === 0 ? "Nowhere else are any of them on." :
      `${need === on.length ? on.length === 1 ? "It is" : "All of them are" : need + " of them or more are"} on at ` +
      `${runs.length.toLocaleString("en")} other ${runs.length === 1 ? "place" : "places"}; most alike in length:`, "note"));
    const piece = (from, to) => data.text.slice(Math.max(0, from), Math.min(n, to)).join("").replaceAll("\n", "⏎");
    for (const [from, to] of runs.slice(0, MATCHES)) {
      const made = element("button");
      made.type = "button";
      made.dataset.go = from;
      const end = Math.min(to + 1, from + 60);
      made.append(piece(from - 24, from), element("mark", piece(from, end)), piece(end, end + 40));
      list.append(made);
    }
  }

  // What a reader does.
  const placeOf = event => {
    const one = event.target.closest?.("i[data-place]");
    return one ? Number(one.dataset.place) : -1;
  };
  let drags = false;
  text.addEventListener("pointerdown", event => {
    const place = placeOf(event);
    if (place < 0 || event.button > 0) return;
    text.focus({preventScroll: true});
    if (event.shiftKey || marking) {
      go(place, true);
      marking = false;
      showMarking();
      return;
    }
    drags = event.pointerType === "mouse";
    go(place, false);
    anchor = place;
    if (drags) event.preventDefault();
  });
  text.addEventListener("pointermove", event => {
    const place = placeOf(event);
    if (place < 0) return;
    if (drags && event.buttons === 1) {
      if (place !== at) go(place, true);
    } else if (event.pointerType === "mouse" && anchor < 0 && !marking && place !== at) {
      go(place, false);
    }
  });
  addEventListener("pointerup", () => {
    if (drags && range === null) anchor = -1;
    drags = false;
  });
  text.addEventListener("keydown", event => {
    const line = Math.max(1, Math.round(text.clientWidth / (places[0]?.offsetWidth || 10)));
    const steps = {ArrowRight: 1, ArrowLeft: -1, ArrowDown: line, ArrowUp: -line, PageDown: perPage(), PageUp: -perPage(),
      Home: -n, End: n}[event.key];
    if (event.key === "Escape") clearRange();
    if (steps === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(at < 0 ? first : at + steps, event.shiftKey);
  });
  function clearRange() {
    range = null;
    anchor = -1;
    marking = false;
    showMarking();
    delete document.body.dataset.range;
    $("range").textContent = "";
    $("cells-on").replaceChildren();
    $("matches").replaceChildren();
    paint();
  }
  function showMarking() {
    $("mark").setAttribute("aria-pressed", marking);
    $("mark").textContent = marking ? "now choose its end" : "mark from here";
  }
  $("mark").addEventListener("click", () => {
    marking = !marking;
    anchor = marking ? Math.max(first, at) : -1;
    showMarking();
    if (marking) text.focus({preventScroll: true});
  });
  $("clear").addEventListener("click", clearRange);
  $("threshold").addEventListener("input", showRange);
  $("begins").addEventListener("change", showRange);
  $("back").addEventListener("click", () => { first -= perPage(); drawText(); });
  $("on").addEventListener("click", () => { first += perPage(); drawText(); });
  $("where").addEventListener("input", () => { first = Number($("where").value); drawText(); });
  $("overview").addEventListener("click", event => {
    first = Math.round(event.offsetX / $("overview").clientWidth * n - perPage() / 2);
    drawText();
  });
  form.addEventListener("submit", event => event.preventDefault());
  form.elements.predictions.addEventListener("change", drawText);
  for (const field of ["layer", "unit"]) {
    form.elements[field].addEventListener("change", () => choose(
      (form.elements.layer.value - 1) * data.hidden + Math.max(1, Math.min(data.hidden, form.elements.unit.value)) - 1));
  }
  document.addEventListener("click", event => {
    const chosen = event.target.closest("button.cell"), match = event.target.closest("button[data-go]");
    const step = event.target.closest("button[data-step]");
    if (chosen) {
      const [layer, unit] = chosen.dataset.cell.split(":").map(Number);
      choose((layer - 1) * data.hidden + unit - 1, !chosen.closest("#cells-on"));
    } else if (match) {
      const place = Number(match.dataset.go);
      anchor = -1;
      go(place, false);
      text.scrollIntoView({block: "center"});
    } else if (step) {
      choose(cell + Number(step.dataset.step));
    }
  });
  addEventListener("resize", drawOverview);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawOverview);

  // What a prediction depended on.
  function showInfluence() {
    const passage = $("influence");
    if (!passage) return;
    const norms = data.norms, length = norms.length;
    let target = Math.min(length - 1, Math.floor(length * 0.75));
    // The order of reading: backwards, the place that is read first is the last.
    const placeOfRead = i => data.from + (data.backward ? length - 1 - i : i);
    const made = [];
    for (let place = data.from; place < data.from + length; place++) {
      const one = element("i");
      one.append(element("b", data.text[place] === "\n" ? "⏎" : data.text[place]));
      one.dataset.place = place;
      made.push(one);
      passage.append(one);
    }
    function show(read) {
      target = Math.max(0, Math.min(length - 1, read));
      const most = Math.max(...norms[target]);
      for (let i = 0; i < length; i++) {
        const one = made[placeOfRead(i) - data.from], norm = i <= target ? norms[target][i] : 0;
        one.firstChild.style.backgroundColor = `rgb(var(--likely) / ${most > 0 ? (0.85 * Math.sqrt(norm / most)).toFixed(2) : 0})`;
        one.classList.toggle("at", i === target);
        one.title = i <= target ? norm.toPrecision(3) : "";
      }
      let best = 0;
      norms[target].forEach((norm, i) => { best = norm > norms[target][best] ? i : best; });
      const next = data.text[placeOfRead(target) + (data.backward ? -1 : 1)];
      $("influence-note").textContent = `The prediction of ${called(next)} depended most on ${called(data.text[placeOfRead(best)])}, ` +
        `${best === target ? "the character just read" : target - best === 1 ? "1 character earlier" : target - best + " characters earlier"} (norm ${norms[target][best].toPrecision(2)}).`;
    }
    passage.addEventListener("pointerover", event => {
      const place = placeOf(event);
      if (place >= 0) show(data.backward ? length - 1 - (place - data.from) : place - data.from);
    });
    passage.addEventListener("keydown", event => {
      const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
      if (step === undefined) return;
      event.preventDefault();
      show(target + (data.backward ? -step : step));
    });
    show(target);
  }

  for (let layer = 1; layer <= data.layers; layer++) form.elements.layer.append(new Option(layer, layer));
  form.elements.unit.max = data.hidden;
  let best = null;
  for (const of of data.knowledge) {
    const top = of.cells[0];
    if (top && (best === null || Math.abs(top.correlation) > Math.abs(best.correlation))) best = top;
  }
  // An address may name a cell and a character: cells.html#cell=1:434&at=2000
  const asked = new URLSearchParams(location.hash.slice(1));
  const [layer, unit] = (asked.get("cell") ?? "").split(":").map(Number);
  if (layer >= 1 && layer <= data.layers && unit >= 1 && unit <= data.hidden) best = {layer, unit};
  first = Math.max(0, Number(asked.get("at") ?? 1) - 1) || 0;
  drawText();
  choose(best === null ? 0 : (best.layer - 1) * data.hidden + best.unit - 1);
  showInfluence();
  document.body.dataset.drawn = "yes";
})();
