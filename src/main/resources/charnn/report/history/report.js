"use strict";
// Draws the curves of charnn's report. Texts of runs come in as text only: nothing here makes markup of them.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("view");
  const COLOURS = 8;
  const AXES = {step: "step", characters: "characters trained on", epoch: "epoch", seconds: "time"};
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
  const logY = {gradient: true, update: true, ratio: true, loss: data.logY};
  let range = null; // what is zoomed to, null for all
  let charts = [];

  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = i => () => css("--c" + i % COLOURS);
  const prefix = run => data.runs.length > 1 ? run.name + ": " : "";
  const isLogX = () => form.elements.log.checked;
  const over = () => form.elements.over.value;
  const inUnit = loss => loss === null || form.elements.unit.value === "nats" ? loss : loss / Math.LN2;

  // The curves of each chart.
  const LINES = {
    loss: (run, i) => [
      {name: "training", from: run.metrics, values: run.metrics.loss?.map(inUnit), colour: i, thin: true},
      {name: "validation", from: run.metrics, values: run.metrics.held_out_loss?.map(inUnit), colour: i, points: true}],
    accuracy: (run, i) => [
      {name: "training", from: run.metrics, values: percent(run.metrics.accuracy), colour: i, thin: true},
      {name: "validation", from: run.metrics, values: percent(run.metrics.held_out_accuracy), colour: i, points: true}],
    rate: (run, i) => [{name: "learning rate", from: run.metrics, values: run.metrics.learning_rate, colour: i}],
    gradient: (run, i) => [{name: "gradient", from: run.layers, values: run.layers.gradient_norm, colour: i, thin: true}],
    weights: (run, i) => layers(run, i, layer => run.layers["weights_" + layer]),
    update: (run, i) => layers(run, i, layer => run.layers["update_" + layer]),
    ratio: (run, i) => layers(run, i, layer => {
      const weights = run.layers["weights_" + layer];
      return run.layers["update_" + layer]?.map((u, k) => u === null || !weights?.[k] ? null : u / weights[k]);
    }),
    copied: (run, i) => [{name: "longest", from: run.copied, values: run.copied.longest, colour: i, points: true}],
  };

  // What is drawn across a chart, with its name.
  const ACROSS = {
    loss: () => together(data.runs.flatMap((run, i) => run.yardsticks.map(y => ({run, name: y.name, y: inUnit(y.loss), colour: i})))),
    gradient: () => [{name: "clipped above", y: 1, colour: -1}],
    copied: () => together(data.runs.flatMap((run, i) => run.copied.usual === null ? [] :
      [{run, name: "the author's own", y: run.copied.usual, colour: i}])),
  };

  // Runs on one text have the same yardsticks: each is drawn once, and said to be whose it is unless it is everyone's.
  function together(lines) {
    const known = new Map();
    for (const line of lines) {
      const same = known.get(line.name + " " + line.y);
      if (same) same.runs.push(line.run);
      else known.set(line.name + " " + line.y, {...line, runs: [line.run]});
    }
    return [...known.values()].map(line => ({
      ...line,
      colour: line.runs.length > 1 ? -1 : line.colour,
      name: line.runs.length === data.runs.length ? line.name : of(line.runs) + ": " + line.name,
    }));
  }

  function of(runs) {
    return runs.length <= 3 ? runs.map(run => run.name).join(", ") : `${runs[0].name} and ${runs.length - 1} more`;
  }

  function percent(values) {
    return values?.map(value => value === null ? null : 100 * value);
  }

  function layers(run, i, values) {
    return run.layerNames.map((layer, l) => ({
      name: layer === "output" ? "output layer" : "layer " + layer,
      from: run.layers, values: values(layer), thin: true,
      colour: data.runs.length > 1 ? i : l, dash: data.runs.length > 1 ? DASHES[l % DASHES.length] : [],
    }));
  }

  const count = new Intl.NumberFormat("en", {maximumFractionDigits: 2});
  const compact = new Intl.NumberFormat("en", {notation: "compact", maximumFractionDigits: 2});

  function duration(seconds) {
    const s = Math.round(seconds), two = n => String(n).padStart(2, "0");
    if (seconds < 10 && seconds !== s) return count.format(seconds) + " s";
    if (s < 60) return s + " s";
    return s < 3600 ? `${Math.floor(s / 60)}m${two(s % 60)}` : `${Math.floor(s / 3600)}h${two(Math.floor(s / 60) % 60)}`;
  }

  function xText(x) {
    if (x === null || x === undefined) return "";
    return over() === "seconds" ? duration(x) : over() === "characters" ? compact.format(x) : count.format(x);
  }

  function yText(y) {
    if (y === null || y === undefined) return "–";
    const size = Math.abs(y);
    return size !== 0 && (size < 1e-3 || size >= 1e6) ? Number(y.toPrecision(3)).toExponential() : String(Number(y.toPrecision(4)));
  }

  // A curve's points that can be drawn on these axes.
  function points(line, isLogY) {
    const xs = line.from[over()] ?? [], x = [], y = [];
    for (let i = 0; i < xs.length; i++) {
      const v = line.values[i];
      if (xs[i] === null || v === null || v === undefined) continue;
      if (isLogX() && xs[i] <= 0 || isLogY && v <= 0) continue;
      if (x.length && xs[i] <= x[x.length - 1]) { // As in times that are rounded: the later counts.
        if (xs[i] === x[x.length - 1]) y[y.length - 1] = v;
        continue;
      }
      x.push(xs[i]);
      y.push(v);
    }
    return [x, y];
  }

  function linesOf(id) {
    return data.runs.flatMap((run, i) => LINES[id](run, i)
      .filter(line => line.values?.some(v => v !== null))
      .map(line => ({...line, label: prefix(run) + line.name})))
      .map(line => ({...line, points: line.points, table: points(line, isLogarithmic(id))}))
      .filter(line => line.table[0].length > 0);
  }

  function isLogarithmic(id) {
    return document.querySelector(`[data-log="${id}"]`).checked;
  }

  // From the first to the last point of all charts, so that they stand below each other.
  function whole() {
    let from = Infinity, to = -Infinity;
    for (const id of Object.keys(LINES)) {
      if (!document.getElementById(id)) continue;
      for (const line of linesOf(id)) {
        from = Math.min(from, line.table[0][0]);
        to = Math.max(to, line.table[0][line.table[0].length - 1]);
      }
    }
    return from < to ? [from, to] : from === to ? [from * 0.9, to * 1.1 + 1e-9] : [0, 1];
  }

  function nearest(u, series, index) {
    const values = u.data[series];
    if (series === 0 || values[index] != null) return index;
    const x = u.data[0];
    let left = index, right = index;
    while (left > 0 && values[left] == null) left--;
    while (right < values.length - 1 && values[right] == null) right++;
    if (values[left] == null) return values[right] == null ? index : right;
    if (values[right] == null) return left;
    const at = u.posToVal(u.cursor.left, "x");
    return at - x[left] <= x[right] - at ? left : right;
  }

  // Vertical marks of events, and horizontal lines with their names.
  function drawMarks(u, id) {
    const ctx = u.ctx, ratio = devicePixelRatio, box = u.bbox;
    ctx.save();
    ctx.beginPath();
    ctx.rect(box.left, box.top - 14 * ratio, box.width, box.height + 14 * ratio);
    ctx.clip();
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.lineWidth = ratio;
    ctx.textBaseline = "alphabetic";
    const letters = new Map(); // by where they stand
    data.runs.forEach((run, i) => {
      run.events.step.forEach((step, k) => {
        const at = run.events[over()][k];
        if (at === null || range !== null && at < range[0]) return;
        const x = Math.round(at <= u.scales.x.min ? box.left : u.valToPos(at, "x", true)); // Before the first point: at the edge.
        if (x < box.left || x > box.left + box.width) return;
        const colour = css(data.runs.length > 1 ? "--c" + i % COLOURS : "--faint"), mark = run.events.marks[k];
        ctx.strokeStyle = colour;
        ctx.setLineDash([3 * ratio, 3 * ratio]);
        ctx.beginPath();
        ctx.moveTo(x, box.top);
        ctx.lineTo(x, box.top + box.height);
        ctx.stroke();
        const before = letters.get(x) ?? {text: "", colour};
        if (!before.text.includes(mark)) letters.set(x, {...before, text: before.text + mark});
      });
    });
    ctx.textAlign = "center";
    let taken = -Infinity; // where the last letters end
    for (const [x, mark] of [...letters].sort((one, other) => one[0] - other[0])) {
      const half = ctx.measureText(mark.text).width / 2;
      if (x - half < taken) continue;
      ctx.fillStyle = mark.colour;
      ctx.fillText(mark.text, x, box.top - 3 * ratio);
      taken = x + half + 3 * ratio;
    }
    const labels = [];
    for (const line of ACROSS[id]?.() ?? []) {
      const y = u.valToPos(line.y, "y", true);
      if (!(y >= box.top && y <= box.top + box.height)) continue;
      ctx.strokeStyle = ctx.fillStyle = line.colour < 0 || data.runs.length === 1 ? css("--faint") : css("--c" + line.colour % COLOURS);
      ctx.setLineDash([7 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(box.left, y);
      ctx.lineTo(box.left + box.width, y);
      ctx.stroke();
      const text = `${line.name} ${yText(line.y)}`;
      let above = y - 4 * ratio;
      while (labels.some(other => Math.abs(other - above) < 12 * ratio)) above -= ratio;
      labels.push(above);
      ctx.textAlign = "right";
      ctx.fillText(text, box.left + box.width - 4 * ratio, above);
    }
    ctx.restore();
  }

  function yRange(id) {
    return (u, min, max) => {
      if (min === null || max === null) return [isLogarithmic(id) ? 0.1 : 0, 1];
      // Lines across are in view, unless they are far above or the chart is zoomed.
      if (id === "copied" || id === "loss" && range === null) {
        for (const line of ACROSS[id]()) {
          if (id === "loss" && line.y > 2 * max - min) continue;
          min = Math.min(min, line.y);
          max = Math.max(max, line.y);
        }
      }
      if (isLogarithmic(id)) {
        const unit = 10 ** Math.floor(Math.log10(min * 0.95)); // A round number is below.
        return [Math.floor(min * 0.95 / unit) * unit, max * 1.1];
      }
      const space = 0.06 * (max - min || Math.abs(max) || 1);
      return [min >= 0 ? Math.max(0, min - space) : min - space, max + space];
    };
  }

  function draw(id, section, all) {
    const lines = linesOf(id), plot = section.querySelector(".plot");
    plot.textContent = "";
    if (lines.length === 0) {
      plot.textContent = "Nothing was recorded over this.";
      return;
    }
    const axis = {stroke: () => css("--faint"), grid: {stroke: () => css("--grid"), width: 1},
      ticks: {stroke: () => css("--line"), width: 1}, font: "12px system-ui, sans-serif"};
    const u = new uPlot({
      width: plot.clientWidth,
      height: height(id),
      padding: [18, 26, 0, 0],
      scales: {
        x: {time: false, distr: isLogX() ? 3 : 1, range: (u, min, max) => range ?? all},
        y: {distr: isLogarithmic(id) ? 3 : 1, range: yRange(id)},
      },
      axes: [
        {...axis, values: (u, splits) => splits.map(v => v === null ? null : xText(v)), space: 70},
        {...axis, values: (u, splits) => splits.map(v => v === null ? null : yText(v)), size: 62},
      ],
      series: [
        {label: AXES[over()], value: (u, x) => xText(x) || "–"},
        ...lines.map(line => ({
          label: line.label,
          stroke: colour(line.colour),
          width: line.thin ? 1.25 : 2.25,
          alpha: line.thin && lines.some(l => !l.thin) ? 0.6 : 1,
          dash: line.dash,
          spanGaps: true,
          points: {show: Boolean(line.points) && line.table[0].length <= 200, size: 5, stroke: colour(line.colour), fill: colour(line.colour)},
          value: (u, y) => yText(y),
        })),
      ],
      cursor: {
        dataIdx: nearest,
        drag: {x: true, y: false, setScale: false},
        sync: {key: "charnn", scales: ["x", null], filters: {pub: type => type === "mousemove" || type === "mouseleave"}},
        bind: {dblclick: () => () => zoom(null)},
        y: false,
      },
      hooks: {
        setSelect: [u => {
          if (u.select.width > 4) zoom([u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x")]);
          u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
        }],
        draw: [u => drawMarks(u, id)],
      },
    }, lines.length === 1 ? lines[0].table : uPlot.join(lines.map(line => line.table)), plot);
    u.root.tabIndex = 0;
    u.root.setAttribute("role", "application");
    u.root.setAttribute("aria-label", `${section.querySelector("h2").textContent} over ${AXES[over()]}: arrow keys read values, plus and minus zoom`);
    u.root.querySelector(".u-legend").setAttribute("aria-live", "polite");
    u.root.addEventListener("keydown", event => key(u, event));
    charts.push({u, plot, id});
  }

  function height(id) {
    return id === "loss" ? Math.max(260, Math.min(420, innerHeight * 0.5)) : 230;
  }

  function drawAll() {
    charts.forEach(chart => chart.u.destroy());
    charts = [];
    const all = whole();
    for (const id of Object.keys(LINES)) {
      const section = document.getElementById(id);
      if (section) draw(id, section, all);
    }
    document.body.dataset.drawn = String(charts.length);
  }

  function zoom(to) {
    range = to;
    const all = to ?? whole();
    charts.forEach(chart => chart.u.setScale("x", {min: all[0], max: all[1]}));
    document.body.dataset.zoom = to === null ? "" : to.join(" ");
  }

  // Moves or scales the range, on a logarithmic axis by factors.
  function zoomBy(how, centre) {
    const f = isLogX() ? Math.log : v => v, g = isLogX() ? Math.exp : v => v;
    const [from, to] = (range ?? whole()).map(f), [least, most] = whole().map(f);
    const middle = centre === undefined ? (from + to) / 2 : f(centre), width = to - from;
    if (how === "all") return zoom(null);
    const next = {
      in: [middle - (middle - from) / 2, middle + (to - middle) / 2],
      out: [middle - 2 * (middle - from), middle + 2 * (to - middle)],
      left: [from - width / 4, to - width / 4],
      right: [from + width / 4, to + width / 4],
    }[how];
    const size = Math.min(next[1] - next[0], most - least);
    const start = Math.max(least, Math.min(next[0], most - size));
    zoom(how === "out" && size >= most - least ? null : [g(start), g(start + size)]);
  }

  function key(u, event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return; // The browser's own.
    const x = u.data[0], at = u.cursor.idx;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const step = event.key === "ArrowRight" ? 1 : -1;
      const first = x.findIndex(v => v >= u.scales.x.min), index = at === null || at === undefined ? first : at + step;
      const to = Math.max(0, Math.min(x.length - 1, index));
      u.setCursor({left: u.valToPos(x[to], "x"), top: u.over.clientHeight / 2});
    } else if (event.key === "+" || event.key === "-") {
      zoomBy(event.key === "+" ? "in" : "out", at === null || at === undefined ? undefined : x[at]);
    } else if (event.key === "Escape") {
      zoom(null);
    } else {
      return;
    }
    event.preventDefault();
  }

  for (const box of document.querySelectorAll("[data-log]")) {
    box.checked = Boolean(logY[box.dataset.log]);
    box.addEventListener("change", drawAll);
  }
  for (const option of [...form.elements.over.options]) { // Without axes that no run knows.
    const isKnown = data.runs.some(run => run.metrics[option.value]?.some(v => v !== null));
    if (!isKnown) option.remove();
  }
  form.elements.over.value = data.over;
  if (form.elements.over.selectedIndex < 0) form.elements.over.selectedIndex = 0;
  form.elements.log.checked = data.log;
  form.addEventListener("change", () => { range = null; document.body.dataset.zoom = ""; drawAll(); });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("click", event => {
    const how = event.target.dataset.zoom;
    if (how) zoomBy(how);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  drawAll();
  let width = innerWidth;
  new ResizeObserver(() => {
    if (innerWidth === width) return; // A legend that grows is no other width.
    width = innerWidth;
    charts.forEach(chart => chart.u.setSize({width: chart.plot.clientWidth, height: height(chart.id)}));
  }).observe(document.querySelector(".charts"));
})();
