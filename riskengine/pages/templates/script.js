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
  const filter = table.parentNode.previousElementSibling, field = filter?.querySelector("input"), list = filter?.querySelector("select");
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
