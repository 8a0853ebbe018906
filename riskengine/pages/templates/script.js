for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const value = (row, at) => row.cells[at].dataset.v ?? (row.cells[at].textContent || row.cells[at].style.getPropertyValue("--a"));
  heads.forEach((head, at) => head.querySelector("button")?.addEventListener("click", () => {
    const way = head.ariaSort === "ascending" ? -1 : 1;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.ariaSort = way > 0 ? "ascending" : "descending";
    body.append(...[...body.rows].sort((a, b) => {
      const one = value(a, at), two = value(b, at);
      if (!one || !two) return !one - !two;
      return way * (isNaN(one - two) ? one.localeCompare(two, undefined, { numeric: true }) : one - two);
    }));
  }));
  const above = table.parentNode.previousElementSibling, filter = above?.matches(".arrows") ? above.previousElementSibling : above, field = filter?.querySelector("input"), list = filter?.querySelector("select");
  const pick = () => {
    const wanted = field.value.toLowerCase().split(" "), rows = [...body.rows];
    for (const row of rows) row.hidden = !wanted.every(word => row.textContent.toLowerCase().includes(word)) || !!list?.value && row.cells[1].textContent.trim() !== list.value;
    const out = filter.querySelector("output");
    out.textContent = out.dataset.rows.replace("{}", rows.filter(row => !row.hidden).length);
  };
  field?.addEventListener("input", pick);
  list?.addEventListener("change", pick);
}
for (const picture of document.querySelectorAll("[role=slider]")) {
  const figure = picture.closest("figure"), rows = [...figure.querySelectorAll("tr[data-x]")];
  let now = rows.length >> 1;
  const show = at => {
    now = Math.max(0, Math.min(rows.length - 1, at));
    const { x, y } = rows[now].dataset;
    picture.ariaValueNow = now;
    picture.ariaValueText = figure.querySelector("output").textContent = [...rows[now].cells].map(cell => cell.textContent).join(" \u00b7 ");
    for (const svg of picture.querySelectorAll("svg")) {
      const [left, top, width, height] = svg.dataset.box.split(" ").map(Number), cursor = svg.querySelector(".cursor");
      cursor.setAttribute("class", "cursor on");
      cursor.firstChild.setAttribute("transform", `translate(${left + x * width})`);
      cursor.lastChild.setAttribute("transform", `translate(${left + x * width} ${-y * height})`);
    }
  };
  picture.addEventListener("pointermove", event => {
    const svg = event.target.closest("svg");
    if (!svg) return;
    const place = new DOMPoint(event.clientX, 0).matrixTransform(svg.getScreenCTM().inverse()).x, [left, , width] = svg.dataset.box.split(" ");
    const share = (place - left) / width, far = row => Math.abs(row.dataset.x - share);
    show(rows.reduce((best, row, at) => far(row) < far(rows[best]) ? at : best, 0));
  });
  picture.addEventListener("keydown", event => {
    const at = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (at !== undefined) { show(at); event.preventDefault(); }
  });
}
for (const figure of document.querySelectorAll("figure")) {
  const pictures = [...figure.querySelectorAll("svg")].map(svg => ({ svg, all: svg.viewBox.baseVal, full: svg.getAttribute("viewBox").split(" ").map(Number) }));
  const look = (one, x, y, width) => {
    const [, , most, high] = one.full, wide = Math.max(most / 40, Math.min(most, width)), tall = wide * high / most;
    const left = Math.max(0, Math.min(most - wide, x)), top = Math.max(0, Math.min(high - tall, y));
    one.svg.setAttribute("viewBox", [left, top, wide, tall].map(n => +n.toFixed(1)).join(" "));
    one.svg.classList.toggle("zoomed", wide < most);
  };
  for (const button of figure.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => {
    for (const one of pictures) {
      const { x, y, width, height } = one.all, wide = +button.dataset.zoom ? width / button.dataset.zoom : one.full[2];
      look(one, x + (width - wide) / 2, y + height / 2 * (1 - wide / width), wide);
    }
  });
  for (const one of pictures) one.svg.addEventListener("pointermove", event => {
    const scale = one.all.width / one.svg.clientWidth;
    if (event.buttons && one.svg.classList.contains("zoomed")) look(one, one.all.x - event.movementX * scale, one.all.y - event.movementY * scale, one.all.width);
  });
}
for (const button of document.querySelectorAll("[data-arrows]")) {
  const out = button.nextElementSibling, scroll = button.parentNode.nextElementSibling, table = scroll.querySelector("table"), body = table.tBodies[0];
  const rows = [...body.rows], name = row => row.cells[0].firstChild.textContent.trim(), types = { "-": "SS", "+": "FF", "*": "SF" };
  const arrows = button.dataset.arrows.split(";").flatMap((text, to) => text ? text.split(",").map(one => types[one[0]] ? { to, from: parseInt(one.slice(1), 36), type: types[one[0]] } : { to, from: parseInt(one, 36), type: "FS" }) : []);
  let layer, now;
  const make = (kind, parent, marks) => {
    const one = document.createElementNS(document.querySelector("svg").namespaceURI, kind);
    for (const key in marks) one.setAttribute(key, marks[key]);
    return parent.appendChild(one);
  };
  const draw = () => {
    layer?.remove();
    if (button.ariaPressed !== "true") return;
    const from = scroll.getBoundingClientRect(), at = [scroll.scrollLeft - from.left, scroll.scrollTop - from.top];
    const boxes = new Map(rows.filter(row => !row.hidden && row.offsetParent).map(row => [row, row.querySelector("[style]").getBoundingClientRect()]));
    const place = (row, end) => {
      const { left, top, width } = boxes.get(row), style = row.querySelector("[style]").style, of = key => +style.getPropertyValue(key) / 1000;
      return [left + at[0] + width * (of("--a") + (end ? of("--b") : 0)), top + at[1] + 14];
    };
    layer = make("svg", scroll, { class: "arrows", "aria-hidden": true, width: table.offsetWidth, height: table.offsetTop + table.offsetHeight });
    for (const { from, to, type } of arrows) {
      if (!boxes.has(rows[from]) || !boxes.has(rows[to])) continue;
      const [x, y] = place(rows[from], type[0] === "F"), [a, b] = place(rows[to], type[1] === "F"), out = type[0] === "F" ? 5 : -5, into = type[1] === "F" ? 5 : -5, up = b < y ? -1 : 1;
      make("path", layer, { class: now === rows[from] || now === rows[to] ? "on" : "", d: `M${x} ${y}h${out}V${b - up * 9}H${a + into}V${b}H${a}m${into} -3l${-into} 3l${into} 3`.replace(/\d+\.\d+/g, n => (+n).toFixed(1)) });
    }
  };
  const tell = row => {
    now = row;
    const at = rows.indexOf(row), list = (word, some, end) => some.length ? ` \u00b7 ${word} ${some.map(one => `${name(rows[one[end]])} ${one.type}`).join(", ")}` : "";
    out.textContent = name(row) + list(out.dataset.after, arrows.filter(one => one.to === at), "from") + list(out.dataset.before, arrows.filter(one => one.from === at), "to");
    for (const one of rows) one.classList.toggle("now", one === row);
    draw();
  };
  button.addEventListener("click", () => {
    button.ariaPressed = button.ariaPressed !== "true";
    now?.classList.remove("now");
    now = undefined;
    out.textContent = button.ariaPressed === "true" ? out.dataset.keys : "";
    draw();
  });
  button.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], shown = [...body.rows].filter(row => !row.hidden);
    if (!step || button.ariaPressed !== "true" || !shown.length) return;
    const next = shown.indexOf(now) + step;
    tell(shown[Math.max(0, Math.min(shown.length - 1, next))]);
    now.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  });
  body.addEventListener("click", event => { if (button.ariaPressed === "true") tell(event.target.closest("tr")); });
  new MutationObserver(draw).observe(body, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  new ResizeObserver(draw).observe(table);
}
