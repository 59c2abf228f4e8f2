/** The columns that a file must have. */
export const NEEDED_COLUMNS = ["order_id", "product_id", "customer_id", "created", "quantity"] as const;
/** With those that it may have beside them. */
export const COLUMNS = [...NEEDED_COLUMNS, "product_name", "customer_name", "unit"] as const;
export type Column = (typeof COLUMNS)[number];

type UsualNames<Name extends string> = Readonly<
  Record<Name, readonly [first: readonly string[], second: readonly string[]]>
>;

/** The columns that are looked for in a file. */
export interface ColumnTable<Name extends string> {
  readonly columns: readonly Name[];
  readonly needed: readonly Name[];
  readonly usualNames: UsualNames<Name>;
  /** Whether the settings of a source name columns that are not found. */
  readonly hasSettings: boolean;
}

/**
 * What columns are usually called in English and German, in two ranks: a name of the second rank counts where the file has
 * none of the first, because next to "Artikelnr." a column "Artikel" is the name.
 */
const USUAL_NAMES: UsualNames<Column> = {
  order_id: [
    [
      ...numbersOf("order", "sales order", "document", "invoice", "receipt", "transaction"),
      ...nummernOf("auftrag", "auftrags", "bestell", "beleg", "rechnungs", "vorgangs", "bon", "lieferschein"),
    ],
    ["order", "invoice", "receipt", "auftrag", "bestellung", "beleg", "rechnung", "vorgang", "bon"],
  ],
  product_id: [
    [
      ...numbersOf("product", "item", "article", "material", "part", "stock"),
      ...nummernOf("artikel", "art", "produkt", "material", "teile", "sach"),
      "sku",
    ],
    ["product", "item", "article", "material", "part", "artikel", "produkt", "teil"],
  ],
  customer_id: [
    [
      ...numbersOf("customer", "client", "account", "debtor"),
      ...nummernOf("kunden", "kunde", "kd", "debitor", "debitoren"),
    ],
    ["customer", "client", "account", "debtor", "kunde", "debitor"],
  ],
  created: [
    [
      ...[
        "order date",
        "document date",
        "invoice date",
        "posting date",
        "transaction date",
        "sales date",
        "created at",
      ],
      ...["belegdatum", "auftragsdatum", "bestelldatum", "rechnungsdatum", "buchungsdatum", "verkaufsdatum"],
      ...["created on", "erstellt am", "angelegt am", "erfasst am"],
    ],
    ["date", "day", "timestamp", "datum", "tag"],
  ],
  quantity: [
    [
      ...["order quantity", "order qty", "quantity ordered", "quantity sold", "sales quantity", "units sold"],
      ...["bestellmenge", "auftragsmenge", "liefermenge", "verkaufsmenge", "absatzmenge", "fakturamenge"],
    ],
    ["qty", "units", "pieces", "pcs", "menge", "anzahl", "stück", "stückzahl", "absatz"],
  ],
  product_name: [
    [
      ...["product description", "item name", "item description", "article name", "article description"],
      ...["artikelbezeichnung", "artikelname", "artikeltext", "produktname", "produktbezeichnung", "materialkurztext"],
    ],
    ["description", "bezeichnung", "benennung", "product", "item", "article", "artikel", "produkt"],
  ],
  customer_name: [
    ["client name", "company name", "kundenname", "kundenbezeichnung", "name des kunden"],
    ["company", "firma", "name 1", "customer", "client", "kunde"],
  ],
  unit: [
    ["unit of measure", "uom", "sales unit", "mengeneinheit", "verkaufseinheit"],
    ["einheit", "me"],
  ],
};

export const ORDER_COLUMNS: ColumnTable<Column> = {
  columns: COLUMNS,
  needed: NEEDED_COLUMNS,
  usualNames: USUAL_NAMES,
  hasSettings: true,
};

/** The columns of a file that says what is in stock, and what is on its way there. */
export type StockColumn = "product_id" | "on_hand" | "on_order";

export const STOCK_COLUMNS: ColumnTable<StockColumn> = {
  columns: ["product_id", "on_hand", "on_order"],
  needed: ["product_id", "on_hand"],
  usualNames: {
    product_id: USUAL_NAMES.product_id,
    on_hand: [
      [
        ...["stock on hand", "quantity on hand", "qty on hand", "available stock", "stock quantity", "stock level"],
        ...["lagerbestand", "bestandsmenge", "verfügbarer bestand", "verfügbare menge", "lagermenge"],
      ],
      ["stock", "available", "inventory", "bestand", "lager", "verfügbar"],
    ],
    on_order: [
      [
        ...["quantity on order", "qty on order", "open orders", "open purchase orders", "incoming", "in transit"],
        ...["bestellt", "offene bestellungen", "bestellbestand", "offene bestellmenge", "bestellte menge", "im zulauf"],
      ],
      ["ordered", "zulauf", "unterwegs"],
    ],
  },
  hasSettings: false,
};

/** A column's name without case, spaces, marks and accents, and with umlauts as two letters. */
export function plain(name: string): string {
  const letters = name.toLowerCase().normalize("NFC");
  return letters
    .replaceAll(/[äöüß]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue" })[letter] ?? "ss")
    .normalize("NFD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function numbersOf(...things: string[]): string[] {
  return things.flatMap((thing) => ["id", "no", "nr", "number", "num", "code", "key"].map((end) => `${thing} ${end}`));
}

function nummernOf(...things: string[]): string[] {
  return things.flatMap((thing) => ["nr", "nummer", "id", "no", "code"].map((end) => `${thing} ${end}`));
}
