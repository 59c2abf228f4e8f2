import { formatIn } from "../format.ts";

/** From here on a number has more digits than a table has columns for. */
const LEAST_SCIENTIFIC = 1e15;

/** How the terminal writes numbers, whatever the language of the page. */
export const format = formatIn("en-US", LEAST_SCIENTIFIC);
