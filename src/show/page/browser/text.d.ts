/** Scripts of a page, imported as text. */
declare module "*.browser.js" {
  const text: string;
  export default text;
}
