const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as text of HTML or XML, or as a quoted attribute: it can open no tag and close no quote. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A spreadsheet computes what begins so, in either width and after white space too. */
const FORMULA = /^[\s\u3000]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** As documents print that there is no figure. */
const NONE = '－';

/** Text for a cell of a CSV file: nothing in it becomes a formula. */
export function spreadsheetText(text: string): string {
  return FORMULA.test(text) && text !== NONE ? `'${text}` : text;
}
