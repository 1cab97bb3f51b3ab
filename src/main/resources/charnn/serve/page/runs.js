// The runs, with the curves of one: also while it trains.

import { get, getText } from "./api.js";
import { format, plot } from "./plot.js";

const element = (id) => document.getElementById(id);
const POLL_MILLIS = 2000;
const LIVE_SECONDS = 120; // since the last line
const MEASURES = {
  loss: { training: "loss", validation: "held_out_loss" },
  accuracy: { training: "accuracy", validation: "held_out_accuracy" },
  rate: { training: "learning_rate", validation: null },
};

export function startRuns({ trouble }) {
  const canvas = element("plot");
  let shown = false;
  let timer = 0;
  let runs = [];
  let chosen = null;
  let rows = []; // of {column: number or null}
  let tag = null;
  let mark = -1;
  let drawn = null;

  async function poll() {
    clearTimeout(timer);
    if (!shown) return;
    try {
      runs = (await get("/v1/runs")).data;
      if (!runs.some((run) => run.id === chosen)) choose(runs[0]?.id ?? null);
      listRuns();
      await readMetrics();
      trouble(null);
    } catch (error) {
      trouble(error.message);
    }
    clearTimeout(timer);
    if (shown) timer = setTimeout(poll, document.hidden ? 5 * POLL_MILLIS : POLL_MILLIS);
  }

  function choose(id) {
    chosen = id;
    tag = null;
    rows = [];
    mark = -1;
  }

  function age(seconds) {
    if (seconds < 90) return "now";
    const minutes = seconds / 60;
    return minutes < 90 ? `${Math.round(minutes)} min` : minutes < 36 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
  }

  function listRuns() {
    const now = Date.now() / 1000;
    const list = element("run-list");
    const ids = [...list.querySelectorAll("input")].map((input) => input.value);
    if (ids.join("\n") !== runs.map((run) => run.id).join("\n")) {
      const focused = list.contains(document.activeElement);
      list.replaceChildren(
        ...runs.map((run) => {
          const label = document.createElement("label");
          const input = document.createElement("input");
          const name = document.createElement("span");
          input.type = "radio";
          input.name = "run";
          input.value = run.id;
          name.textContent = run.id;
          label.append(input, name, document.createElement("small"));
          return label;
        }),
      );
      if (focused) list.querySelector("input")?.focus();
    }
    [...list.children].forEach((label, i) => {
      label.querySelector("input").checked = runs[i].id === chosen;
      label.querySelector("small").textContent = age(now - runs[i].updated);
    });
    element("no-runs").hidden = runs.length > 0;
    const run = runs.find((each) => each.id === chosen);
    element("live").textContent = run && now - run.updated < LIVE_SECONDS ? "● training, or just ended" : "";
  }

  async function readMetrics() {
    if (chosen === null) {
      draw();
      return;
    }
    const asked = chosen;
    const path = asked.split("/").map(encodeURIComponent).join("/");
    const found = await getText(`/v1/runs/${path}/metrics.csv`, tag);
    if (found && asked === chosen) {
      tag = found.tag;
      rows = parse(found.text);
      draw();
    }
  }

  /** Reads the columns by their names, so that there may be others. */
  function parse(csv) {
    const lines = csv.split("\n").filter((line) => line !== "");
    const columns = lines[0]?.split(",") ?? [];
    return lines
      .slice(1)
      .map((line) => line.split(","))
      .filter((cells) => cells.length === columns.length)
      .map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i] === "" ? null : Number(cells[i])])));
  }

  function draw() {
    const axis = element("axis").value;
    const measure = MEASURES[element("measure").value];
    const curve = (column, colour) => ({
      colour,
      points: column ? rows.filter((row) => Number.isFinite(row[column]) && Number.isFinite(row[axis])).map((row) => [row[axis], row[column]]) : [],
    });
    const training = curve(measure.training, "--curve-a");
    const validation = curve(measure.validation, "--curve-b");
    drawn = { training, validation, plotted: plot(canvas, [training, validation], { logX: element("log-x").checked, mark }) };
    const key = element("key");
    key.replaceChildren();
    for (const [name, of, found] of [["training", "a", training], ["validation", "b", validation]]) {
      if (!found.points.length) continue;
      const span = document.createElement("span");
      span.className = of;
      span.textContent = name;
      key.append(span);
    }
    const last = rows.at(-1);
    canvas.setAttribute("aria-label", last ? `Curves of the run ${chosen}: ${sentence(last)}` : "Curves: no run is chosen");
    showReading();
    showNumbers();
  }

  function sentence(row) {
    const validation = rows.filter((each) => each.held_out_loss !== null && each.held_out_loss !== undefined).at(-1);
    return (
      `step ${row.step.toLocaleString("en")}, training loss ${row.loss.toFixed(3)} nats` +
      (validation ? `, validation loss ${validation.held_out_loss.toFixed(3)} nats at step ${validation.step.toLocaleString("en")}` : "")
    );
  }

  function showReading() {
    const row = rows[mark];
    element("reading").textContent = row ? sentence(row).replace(/, validation.*/, row.held_out_loss === null ? "" : `, validation loss ${row.held_out_loss.toFixed(3)} nats`) : "";
  }

  function showNumbers() {
    const body = element("numbers").tBodies[0];
    const last = rows.at(-1);
    body.replaceChildren();
    element("numbers").hidden = !last;
    if (!last) return;
    for (const name of Object.keys(last)) {
      const value = rows.filter((row) => row[name] !== null).at(-1)?.[name];
      if (value === undefined) continue;
      const row = body.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name.replace("held_out", "validation").replaceAll("_", " ");
      row.append(head);
      row.insertCell().textContent = Number.isInteger(value) ? value.toLocaleString("en") : format(value);
    }
  }

  /** Marks the row that is nearest to a place of the canvas. */
  function markAt(x) {
    const axis = element("axis").value;
    const px = drawn?.plotted?.px;
    if (!px || !rows.length) return;
    let best = -1;
    let least = Infinity;
    rows.forEach((row, i) => {
      const distance = Math.abs(px(row[axis]) - x);
      if (distance < least) {
        least = distance;
        best = i;
      }
    });
    setMark(best);
  }

  function setMark(row) {
    mark = Math.max(0, Math.min(rows.length - 1, row));
    draw();
  }

  element("run-list").addEventListener("change", (event) => {
    choose(event.target.value);
    listRuns();
    readMetrics().catch((error) => trouble(error.message));
  });
  for (const id of ["axis", "measure", "log-x"]) element(id).addEventListener("input", draw);
  canvas.addEventListener("pointermove", (event) => markAt(event.offsetX));
  canvas.addEventListener("pointerdown", (event) => markAt(event.offsetX));
  canvas.addEventListener("pointerleave", () => {
    mark = -1;
    draw();
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity }[event.key];
    if (step && rows.length) {
      setMark((mark < 0 ? rows.length - 1 : mark) + step);
      event.preventDefault();
    }
  });
  new ResizeObserver(() => shown && draw()).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => shown && draw());

  return {
    show(on) {
      shown = on;
      clearTimeout(timer);
      if (on) poll();
    },
  };
}
