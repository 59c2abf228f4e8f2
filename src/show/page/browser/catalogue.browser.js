// A catalogue in the reader's browser: what is packed in the page, and which product is open.

const SIZES = { wide: { width: 760, height: 300 }, narrow: { width: 343, height: 250 } };

/** What is packed in an element of the page: JSON, compressed, in base64. */
async function unpacked(name) {
  const bytes = Uint8Array.from(atob(document.getElementById(name).textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Numbers and dates as readers of a language write them, the same as in the program. */
function formatIn(locale) {
  const number = (options) => {
    const format = new Intl.NumberFormat(locale, { signDisplay: "negative", ...options });
    return (value) => (value === null || value === undefined ? "–" : format.format(value));
  };
  const date = (options) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (time) => format.format(time);
  };
  const atMost = [0, 1, 2, 3, 4, 5, 6].map((n) => number({ maximumFractionDigits: n }));
  const percent = (options) => {
    const usual = number({ style: "percent", maximumFractionDigits: 0, ...options });
    return /^en\b/i.test(locale) ? (value) => usual(value).replace(/(\d)%$/, "$1 %") : usual;
  };
  const change = percent({ signDisplay: "exceptZero" });
  const [tick, large, times] = [
    number({ maximumSignificantDigits: 6 }),
    number({ maximumFractionDigits: 1, notation: "compact" }),
    number({ maximumSignificantDigits: 2 }),
  ];
  return {
    count: atMost[0],
    quantity: (quantity, decimals) => atMost[decimals](quantity),
    units: (quantity, decimals) => (Math.abs(quantity) < 100 ? atMost[decimals] : atMost[0])(quantity),
    share: percent({}),
    changeOf: (value) => (value !== null && value >= 2 ? `×${times(1 + value)}` : change(value)),
    tick: (value) => (Math.abs(value) < 1e6 ? tick : large)(value),
    date: date({ dateStyle: "medium" }),
    month: date({ month: "short" }),
    year: date({ year: "numeric" }),
  };
}

/** Shows the list, or the product that the address names. */
class Catalogue {
  constructor(data, format) {
    this.data = data;
    this.format = format;
    this.list = new ProductList(data, format);
    this.title = document.title;
    this.views = { list: document.getElementById("list"), product: document.getElementById("product") };
    this.places = new Map(data.products.map((product, place) => [product.id, place]));
    addEventListener("hashchange", () => this.show());
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && !this.views.product.hidden) location.hash = "";
    });
    this.show();
  }

  async show() {
    const [, id] = /^#p=(.*)$/.exec(location.hash) ?? [];
    const place = id === undefined ? undefined : this.places.get(decoded(id));
    const wasOpen = this.open;
    this.open = place === undefined ? undefined : this.data.products[place];
    if (this.open === undefined) return this.close(wasOpen);
    if (wasOpen === undefined) this.scrolled = scrollY;
    const markup = await this.markupOf(place);
    if (this.open !== this.data.products[place]) return;
    const content = document.getElementById("opened");
    content.innerHTML = markup;
    for (const [size, box] of Object.entries(SIZES)) {
      const drawing = content.querySelector(`.${size}[data-label]`);
      drawing.innerHTML = demandDrawing(this.open, box, escaped(drawing.dataset.label), this.format);
    }
    this.neighbours();
    this.views.list.hidden = true;
    this.views.product.hidden = false;
    document.title = `${this.open.name ?? this.open.id}: forecast`;
    scrollTo(0, 0);
    const heading = content.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  close(wasOpen) {
    document.title = this.title;
    this.views.product.hidden = true;
    this.views.list.hidden = false;
    if (wasOpen === undefined) return;
    scrollTo(0, this.scrolled);
    this.list.draw();
    const link = [...this.list.body.querySelectorAll("a")].find(({ hash }) => hash === addressOf(wasOpen));
    link?.focus({ preventScroll: true });
  }

  /** The product's page as the program has made it, out of the part that holds it. */
  async markupOf(place) {
    if (document.readyState === "loading") {
      await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve, { once: true }));
    }
    const part = Math.floor(place / this.data.productsAPart);
    if (this.part?.number !== part) this.part = { number: part, pages: await unpacked(`part-${part}`) };
    return this.part.pages[place % this.data.productsAPart];
  }

  /** Links to the products before and after the open one, in the order of the list. */
  neighbours() {
    const { chosen } = this.list;
    const at = chosen.indexOf(this.open);
    for (const [name, other] of [
      ["previous", at < 0 ? undefined : chosen[at - 1]],
      ["next", at < 0 ? undefined : chosen[at + 1]],
    ]) {
      const link = document.getElementById(name);
      link.hidden = other === undefined;
      if (other) link.href = addressOf(other);
    }
  }
}

function escaped(text) {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

unpacked("data").then(
  (data) => {
    document.body.classList.remove("waiting");
    new Catalogue(data, formatIn(data.locale));
  },
  () => {
    document.getElementById("count").textContent =
      "This browser cannot unpack the page: it needs one of 2023 or later.";
  },
);
