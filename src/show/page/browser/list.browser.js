// The list of a catalogue in the reader's browser: chosen, sorted, and drawn as far as it is in view.

const ROWS_BEYOND_VIEW = 12;
const MOST_ON_PAPER = 500;
/** Shares of all units by which products are told to be large, middling or small (ABC analysis). */
const ABC = [
  ["A", 0.8],
  ["B", 0.95],
  ["C", 1],
];
const BY_NAME = new Intl.Collator(undefined, { numeric: true });
const RANKS = {
  total: ({ total }) => total,
  name: ({ name, id }) => name ?? id,
  accuracy: ({ accuracy }) => accuracy,
  last: ({ last }) => last,
  yearAgo: ({ yearAgo }) => yearAgo,
  change: ({ change }) => change,
  atStake: ({ low, high }) => high - low,
};

/** The products that are chosen, in their order, and what shows them. */
class ProductList {
  constructor(data, format) {
    this.data = data;
    this.format = format;
    this.body = document.getElementById("rows");
    this.table = document.getElementById("list-table");
    this.rows = new Map();
    this.sort = { by: "total", descending: true };
    this.prepare();
    this.controls();
    this.choose();
  }

  /** What is searched and chosen by. */
  prepare() {
    const { products } = this.data;
    const all = products.reduce((sum, { total }) => sum + total, 0);
    let before = 0;
    for (const product of products.toSorted((a, b) => b.total - a.total)) {
      product.size = ABC.find(([, share]) => before <= share * all)?.[0] ?? "C";
      before += product.total;
    }
    for (const product of products) product.text = `${product.id} ${product.name ?? ""}`.toLowerCase();
  }

  controls() {
    const form = document.getElementById("controls");
    form.addEventListener("input", () => this.choose());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => this.choose()));
    form.elements.sort.addEventListener("input", () => {
      const [by, way] = form.elements.sort.value.split(" ");
      this.sort = { by, descending: way === "down" };
    });
    for (const button of this.table.querySelectorAll("[data-sort]")) {
      button.addEventListener("click", () => {
        const by = button.dataset.sort;
        const descending = this.sort.by === by ? !this.sort.descending : by !== "name";
        this.sort = { by, descending };
        form.elements.sort.value = `${by} ${descending ? "down" : "up"}`;
        this.choose();
      });
    }
    this.form = form;
    addEventListener("scroll", () => this.draw(), { passive: true });
    addEventListener("resize", () => this.draw());
    matchMedia("print").addEventListener("change", ({ matches }) => this.print(matches));
  }

  choose() {
    const { search, size, accuracy } = this.form.elements;
    const words = search.value.toLowerCase().split(/\s+/);
    const kinds = Array.from(this.form.querySelectorAll("[name=note]:checked"), ({ value }) => value);
    const [least, most] = accuracy.value.split(" ").map(Number);
    const isAccurate = (share) => {
      if (accuracy.value === "") return true;
      return share === null ? accuracy.value === "unknown" : share >= least && share < most;
    };
    const rank = RANKS[this.sort.by];
    const way = this.sort.descending ? -1 : 1;
    this.chosen = this.data.products
      .filter((product) => words.every((word) => product.text.includes(word)))
      .filter((product) => kinds.length === 0 || product.notes.some((kind) => kinds.includes(kind)))
      .filter((product) => size.value === "" || product.size === size.value)
      .filter((product) => isAccurate(product.accuracy))
      .sort((a, b) => compared(rank(a), rank(b), way) || b.total - a.total);
    for (const header of this.table.querySelectorAll("[role=columnheader]")) {
      const isSorted = header.querySelector(`[data-sort="${this.sort.by}"]`);
      if (isSorted) header.setAttribute("aria-sort", this.sort.descending ? "descending" : "ascending");
      else header.removeAttribute("aria-sort");
    }
    const { count } = this.format;
    const [some, all] = [count(this.chosen.length), count(this.data.products.length)];
    document.getElementById("count").textContent = some === all ? `${all} products` : `${some} of ${all} products`;
    document.getElementById("none").hidden = this.chosen.length > 0;
    this.table.setAttribute("aria-rowcount", `${this.chosen.length + 1}`);
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.draw();
  }

  /** Makes rows come and go with what is in view; what has the focus stays. */
  draw(isOnPaper = false) {
    if (this.table.closest("[hidden]")) return;
    const height = Number.parseFloat(getComputedStyle(this.body).getPropertyValue("--row"));
    this.body.style.height = isOnPaper ? "" : `${this.chosen.length * height}px`;
    const top = -this.body.getBoundingClientRect().top;
    const first = isOnPaper ? 0 : Math.max(0, Math.floor(top / height) - ROWS_BEYOND_VIEW);
    const shown = isOnPaper ? MOST_ON_PAPER : Math.ceil(innerHeight / height) + 2 * ROWS_BEYOND_VIEW;
    const end = Math.min(this.chosen.length, first + shown);
    for (const [index, row] of this.rows) {
      if ((index >= first && index < end) || row.contains(document.activeElement)) continue;
      row.remove();
      this.rows.delete(index);
    }
    let next = null;
    for (let index = end - 1; index >= first; index--) {
      let row = this.rows.get(index);
      if (!row) {
        row = this.row(this.chosen[index], index);
        this.rows.set(index, row);
        this.body.insertBefore(row, next);
      }
      row.style.top = `${index * height}px`;
      next = row;
    }
  }

  row(product, index) {
    const { format } = this;
    const row = element("tr", { role: "row", "aria-rowindex": index + 2 });
    const cell = (className, ...content) => row.append(element("td", { role: "cell", class: className }, ...content));
    const quantity = (units) => format.units(units, product.decimals);
    const link = element("a", { href: addressOf(product) }, element("bdi", {}, product.name ?? product.id));
    const id = product.name === undefined ? [] : [" ", element("small", {}, element("bdi", {}, product.id))];
    row.append(element("th", { role: "rowheader", scope: "row", class: "what" }, link, ...id));
    cell("picture");
    row.lastChild.innerHTML = sparkline(product);
    cell(
      "number total",
      quantity(product.total),
      " ",
      element("small", {}, `${quantity(product.low)} – ${quantity(product.high)}`),
    );
    cell("number accuracy", format.share(product.accuracy));
    cell("number last", quantity(product.last));
    cell("number year", quantity(product.yearAgo));
    cell("number change", format.changeOf(product.change));
    const names = product.notes.map((kind) => element("span", { class: "tag" }, this.data.noteNames[kind] ?? kind));
    cell("tags", ...names.flatMap((name) => [name, " "]));
    return row;
  }

  print(isPrinted) {
    document.body.classList.toggle("printed", isPrinted);
    const left = this.chosen.length - MOST_ON_PAPER;
    document.getElementById("cut").hidden = !isPrinted || left <= 0;
    this.draw(isPrinted);
  }
}

/** Orders numbers or texts; what is not known comes last in either way. */
function compared(a, b, way) {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return way * (typeof a === "string" ? BY_NAME.compare(a, b) : a - b);
}

function addressOf({ id }) {
  return `#p=${encodeURIComponent(id)}`;
}

/** Texts in it stay texts, whatever they hold. */
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
