// The page: its views, and the model that is asked.

import { get } from "./api.js";
import { startDesk } from "./write.js";
import { startRuns } from "./runs.js";

const element = (id) => document.getElementById(id);
const MODEL = "charnn.model";

/** Shows what is wrong; nothing: all is well again. */
export function trouble(message) {
  element("trouble").textContent = message ?? "";
  element("trouble").hidden = !message;
}

const tabs = [...document.querySelectorAll("[role=tab]")];
const desk = startDesk({ model: () => element("model").value || undefined, trouble });
const runs = startRuns({ trouble });

function show(tab) {
  for (const each of tabs) {
    const on = each === tab;
    each.setAttribute("aria-selected", String(on));
    each.tabIndex = on ? 0 : -1;
    element(each.getAttribute("aria-controls")).hidden = !on;
  }
  runs.show(tab.id === "tab-runs");
}

for (const tab of tabs) {
  tab.addEventListener("click", () => show(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      show(next);
      next.focus();
      event.preventDefault();
    }
  });
}

async function listModels() {
  const select = element("model");
  const { data } = await get("/v1/models");
  const ids = data.map((model) => model.id).filter((id) => !id.endsWith("/backward"));
  const wanted = select.value || localStorage.getItem(MODEL);
  select.replaceChildren(...ids.map((id) => new Option(id, id)));
  if (ids.includes(wanted)) select.value = wanted;
  trouble(ids.length ? null : "There is no model yet. Train one with: charnn train");
}

element("model").addEventListener("change", () => {
  localStorage.setItem(MODEL, element("model").value);
  desk.modelChanged();
});
element("model").addEventListener("focus", () => listModels().catch(() => {}));

listModels().then(desk.modelChanged, (error) => trouble(error.message));
