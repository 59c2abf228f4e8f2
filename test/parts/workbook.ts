import { strToU8, zipSync } from "fflate";

/** A number of days since 1899-12-30, shown as a date. */
interface DateCell {
  readonly day: number;
}
type Value = string | number | DateCell;

const TYPE = "http://schemas.openxmlformats.org";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** An Excel workbook with the sheets, as Excel writes the least of one (ECMA-376). */
export function workbook(sheets: Readonly<Record<string, readonly (readonly Value[])[]>>): Uint8Array {
  const names = Object.keys(sheets);
  const main = `${TYPE}/spreadsheetml/2006/main`;
  const relations = (list: string) =>
    `${HEAD}<Relationships xmlns="${TYPE}/package/2006/relationships">${list}</Relationships>`;
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${TYPE}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;
  const files: Record<string, string> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${TYPE}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml":
      `${HEAD}<workbook xmlns="${main}" xmlns:r="${TYPE}/officeDocument/2006/relationships"><sheets>` +
      `${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      names.map((_, i) => relation(`rId${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`)).join("") +
        relation("rIdStyles", "styles", "styles.xml"),
    ),
    "xl/styles.xml": `${HEAD}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
  for (const [i, name] of names.entries()) {
    files[`xl/worksheets/sheet${i + 1}.xml`] =
      `${HEAD}<worksheet xmlns="${main}"><sheetData>${sheets[name]!.map(rowXml).join("")}</sheetData></worksheet>`;
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

function rowXml(values: readonly Value[], row: number): string {
  const cells = values.map((value, column) => {
    const at = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === "string") return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
    return `<c r="${at}" s="1"><v>${value.day}</v></c>`;
  });
  return `<row r="${row + 1}">${cells.join("")}</row>`;
}
