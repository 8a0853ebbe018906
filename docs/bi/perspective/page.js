// Opens the Arrow files that somebody chooses. Names of files become text and nothing else; nothing leaves the browser.
import perspective from "./node_modules/@perspective-dev/client/dist/cdn/perspective.js";
import "./node_modules/@perspective-dev/viewer/dist/cdn/perspective-viewer.js";
import "./node_modules/@perspective-dev/viewer-datagrid/dist/cdn/perspective-viewer-datagrid.js";

// How a table is shown first, where a grid of all its columns is not what people look for.
const VIEWS = {
  percentiles: { columns: ["value", "ci_low", "ci_high"], group_by: ["target", "measure", "percentile"] },
  risks: { columns: ["name", "probability", "days_p80", "cost_p80"], sort: [["days_p80", "desc"]] },
  tasks: { columns: ["name", "team", "criticality", "finish_p50", "finish_p80"], sort: [["criticality", "desc"]] },
};

const input = document.querySelector("input"), list = document.querySelector("select");
const status = document.querySelector("[role=status]"), viewer = document.querySelector("perspective-viewer");
const files = new Map();
const worker = await perspective.worker();
let shown = null;

async function show(name) {
  try {
    const table = await worker.table(await files.get(name).arrayBuffer());
    const columns = await table.columns(), view = VIEWS[name] ?? {};
    const wanted = (view.columns ?? []).filter(column => columns.includes(column));
    // Times are those on the wall of the project: without this they would be moved into the time zone of the browser.
    const schema = await table.schema(), onTheWall = { date_format: { timeZone: "UTC" } };
    const instants = columns.filter(column => schema[column] === "datetime");
    const has = ([column]) => columns.includes(column);
    await viewer.load(table);
    await viewer.restore({
      plugin: "Datagrid", columns: wanted.length ? wanted : columns, filter: [], aggregates: {}, split_by: [],
      group_by: (view.group_by ?? []).filter(column => columns.includes(column)), sort: (view.sort ?? []).filter(has),
      columns_config: Object.fromEntries(instants.map(column => [column, onTheWall])),
    });
    await shown?.delete();
    shown = table;
    status.textContent = `${name}: ${await table.size()} rows, ${columns.length} columns`;
  } catch (error) {
    status.textContent = `${name} cannot be read as an Arrow file: ${error.message ?? error}`;
  }
}

async function open(chosen) {
  for (const file of chosen) if (file.name.endsWith(".arrow")) files.set(file.name.slice(0, -6), file);
  if (!files.size) { status.textContent = "None of these is an .arrow file."; return; }
  list.replaceChildren(...[...files.keys()].sort().map(name => new Option(name)));
  list.disabled = false;
  list.value = files.has("percentiles") ? "percentiles" : list.options[0].value;
  await show(list.value);
}

input.addEventListener("change", () => open(input.files));
list.addEventListener("change", () => show(list.value));
document.addEventListener("dragover", event => { event.preventDefault(); document.body.classList.add("over"); });
document.addEventListener("dragleave", () => document.body.classList.remove("over"));
document.addEventListener("drop", event => {
  event.preventDefault();
  document.body.classList.remove("over");
  open(event.dataTransfer.files);
});
document.body.dataset.ready = "true";
