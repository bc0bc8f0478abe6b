/** Tables as files for a spreadsheet: UTF-8 with a mark in front, so that Excel reads Chinese, and lines ended as it ends them. */

export type Cell = string | number;

// A cell that begins so is a formula to a spreadsheet, wherever the name in it came from (OWASP, CSV injection).
const formula = /^[\s\u0000]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** csvCell writes one cell: numbers as they are, texts quoted where they need it, never as a formula. */
export function csvCell(value: Cell): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** toCsv writes rows, the heads among them. */
export function toCsv(rows: Cell[][]): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** fileName joins words to a name that every system takes. */
export function fileName(words: string[], ending: string): string {
  const plain = words.map((w) => w.replace(/[\u0000-\u001f<>:"/\\|?*\s]+/g, ' ').trim()).filter(Boolean);
  return `${plain.join('-').slice(0, 120) || 'chouka'}.${ending}`;
}

/** saveCsv gives rows to the reader as a file. */
export function saveCsv(words: string[], rows: Cell[][]): void {
  const url = URL.createObjectURL(new Blob([toCsv(rows)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName(words, 'csv');
  link.click();
  // The browser takes the address over with the click, but not at once.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
