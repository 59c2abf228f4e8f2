/** How many there are of something, in English. */
export const COUNT = new Intl.NumberFormat("en-US");
