const at = id => document.getElementById(id), form = at("controls"), says = document.body.dataset, here = location.pathname;
const session = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
const narrow = matchMedia("(max-width: 700px)"), boxes = new Map([...form.querySelectorAll("[data-control]")].map(box => [box.dataset.control, box]));
const empty = { changes: {}, absences: [] }, copy = state => JSON.parse(JSON.stringify(state));
let past = [copy(empty)], now = 0, state = copy(empty), number = 0, busy = false, wanted, resting;
const wish = more => ({ session, number: ++number, ...state, narrow: narrow.matches, target: +(at("target")?.value ?? 0), ...more });

const ask = async (path, body) => {
  const response = await fetch(here + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};
const inputs = box => [...box.querySelectorAll("input:not([type=range])")];
const shareOf = text => +(text / 100).toPrecision(12);
const planOf = (box, input) => box.dataset.kind === "switch" ? input.dataset.plan === "1" : input.dataset.plan;
const valueOf = box => {
  const read = inputs(box);
  switch (box.dataset.kind) {
    case "switch": return read[0].checked;
    case "day": return read[0].value;
    case "share": return shareOf(read[0].value);
    case "points": return read.map(input => +input.value);
    default: return +read[0].value;
  }
};
const isPlan = box => inputs(box).every(input => box.dataset.kind === "switch" ? input.checked === planOf(box, input) : box.dataset.kind === "day" ? input.value === input.dataset.plan : +input.value === +input.dataset.plan);
const put = (box, value) => {
  const values = box.dataset.kind === "points" ? value : [value];
  inputs(box).forEach((input, part) => {
    const one = values?.[part];
    if (box.dataset.kind === "switch") input.checked = value === undefined ? planOf(box, input) : one;
    else input.value = value === undefined ? input.dataset.plan : box.dataset.kind === "share" ? +(one * 100).toPrecision(12) : one;
    const range = input.parentNode.querySelector("[type=range]");
    if (range) range.value = input.value;
  });
};
const mark = () => {
  for (const [key, box] of boxes) box.classList.toggle("changed", key in state.changes);
  at("undo").disabled = now === 0;
  at("redo").disabled = now === past.length - 1;
  at("reset").disabled = at("save").disabled = !Object.keys(state.changes).length && !state.absences.length;
};
const listAbsences = () => {
  at("absences")?.replaceChildren(...state.absences.map((absence, row) => {
    const item = document.createElement("li"), button = document.createElement("button"), fault = document.createElement("p");
    button.type = "button";
    button.textContent = says.remove;
    button.addEventListener("click", () => { state.absences.splice(row, 1); commit(); });
    item.append(says.away.replace("{who}", () => absence[0]).replace("{first}", absence[1]).replace("{last}", absence[2]), button, fault);
    fault.id = `fault-absence-${row}`;
    fault.className = "fault";
    fault.hidden = true;
    return item;
  }));
};
const show = () => {
  for (const [key, box] of boxes) put(box, state.changes[key]);
  listAbsences();
  mark();
};
const blame = faults => {
  for (const one of document.querySelectorAll(".fault")) one.hidden = true;
  at("faults").replaceChildren();
  for (const { control, text } of faults) {
    const place = control && at(`fault-${control}`);
    if (place) {
      place.textContent = place.hidden ? text : `${place.textContent}\n${text}`;
      place.hidden = false;
    } else {
      const item = document.createElement("li");
      item.textContent = text;
      at("faults").append(item);
    }
  }
};
const putParts = answer => {
  for (const [name, markup] of Object.entries(answer.parts ?? {})) {
    const place = at(name);
    place.innerHTML = markup;
    place.closest("section").hidden = !markup;
  }
};
const draw = answer => {
  putParts(answer);
  if (answer.count) at("count").textContent = answer.count;
  if (answer.status) at("status").textContent = answer.status;
  blame(answer.faults ?? []);
  requestAnimationFrame(() => { document.body.dataset.drawn = answer.number; });
};
const send = async () => {
  if (busy || !wanted) return;
  const { moving } = wanted;
  wanted = undefined;
  busy = true;
  at("answers").ariaBusy = true;
  try {
    const answer = await ask("answer", wish({ moving }));
    if (!answer.superseded) draw(answer);
    if (!answer.faults && !wanted) rest();
  } catch (error) {
    blame([{ control: "", text: error instanceof TypeError ? says.lost : error.message }]);
  }
  busy = false;
  at("answers").ariaBusy = false;
  if (wanted) send();
};
const rest = () => {
  resting = setTimeout(async () => {
    busy = true;
    try {
      const answer = await ask("drivers", wish());
      if (!answer.superseded && !wanted) putParts(answer);
    } catch { at("drivers").closest("section").hidden = true; }
    busy = false;
    send();
  }, 150);
};
const want = moving => {
  clearTimeout(resting);
  wanted = { moving };
  send();
};
const take = box => {
  if (isPlan(box)) delete state.changes[box.dataset.control];
  else state.changes[box.dataset.control] = valueOf(box);
};
const commit = () => {
  if (JSON.stringify(past[now]) !== JSON.stringify(state)) {
    past = [...past.slice(0, now + 1), copy(state)].slice(-200);
    now = past.length - 1;
  }
  sessionStorage.setItem(here, JSON.stringify(state));
  listAbsences();
  mark();
  want(false);
};
const go = step => {
  if (!past[now + step]) return;
  now += step;
  state = copy(past[now]);
  sessionStorage.setItem(here, JSON.stringify(state));
  show();
  want(false);
};
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("input", event => {
  const box = event.target.closest("[data-control]");
  if (event.target.matches("[data-filter]")) {
    const words = event.target.value.toLowerCase().split(" ");
    for (const entry of event.target.closest("details").querySelectorAll(".entry")) entry.hidden = !words.every(word => entry.textContent.toLowerCase().includes(word));
  }
  if (!box) return;
  if (event.target.type === "range") event.target.nextElementSibling.value = event.target.value;
  else if (event.target.type === "number") event.target.previousElementSibling.value = event.target.value;
  if (inputs(box).some(input => input.type !== "checkbox" && !input.value)) return;
  take(box);
  mark();
  want(true);
});
form.addEventListener("change", event => {
  if (event.target.closest("[data-control]")) commit();
});
at("add")?.addEventListener("click", () => {
  if (!at("first").value || !at("last").value) return;
  state.absences.push([at("who").value, at("first").value, at("last").value]);
  commit();
});
at("undo").addEventListener("click", () => go(-1));
at("redo").addEventListener("click", () => go(1));
at("reset").addEventListener("click", () => {
  state = copy(empty);
  show();
  commit();
});
at("save").addEventListener("click", async () => {
  try {
    const answer = await ask("overlay", wish());
    if (answer.faults) return blame(answer.faults);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([answer.text], { type: "application/toml" }));
    link.download = says.overlay;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  } catch (error) {
    blame([{ control: "", text: error instanceof TypeError ? says.lost : error.message }]);
  }
});
document.addEventListener("keydown", event => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches("[type=search]")) return;
  const key = event.key.toLowerCase(), step = key === "y" || (key === "z" && event.shiftKey) ? 1 : key === "z" ? -1 : 0;
  if (!step) return;
  event.preventDefault();
  go(step);
});
narrow.addEventListener("change", () => want(false));
at("target")?.addEventListener("change", () => want(false));
try {
  const kept = JSON.parse(sessionStorage.getItem(here));
  if (kept) {
    state = { changes: Object.fromEntries(Object.entries(kept.changes).filter(([key]) => boxes.has(key))), absences: kept.absences };
    past = [copy(empty), copy(state)];
    now = 1;
  }
} catch { sessionStorage.removeItem(here); }
show();
want(false);
