/**
 * A raw record as lines to show: JSON as a tree that folds, anything else as it stands. The text is read by hand, not by
 * JSON.parse, so that a seed of 64 bits keeps its digits and the NaN of a careless writer shows as it is. Nothing recurses:
 * a record may be nested as deep as it likes.
 */

/** Doc is lines of text with their nesting. `close` is where a line that opens a bracket is closed, -1 for all others. */
export interface Doc {
  text: string;
  /** starts holds the offset of each line in text, and one more behind the last. */
  starts: number[];
  depth: number[];
  parent: number[];
  close: number[];
  json: boolean;
}

/** textDoc is a plain text by its lines. */
export function textDoc(text: string): Doc {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  return assemble(
    lines,
    lines.map(() => 0),
    lines.map(() => -1),
    lines.map(() => -1),
    false,
  );
}

/** docOf is a record as a tree where it is JSON, else as text. */
export function docOf(text: string): Doc {
  const body = text.trim();
  return (/^[{[]/.test(body) ? jsonDoc(body) : undefined) ?? textDoc(text);
}

function assemble(lines: string[], depth: number[], parent: number[], close: number[], json: boolean): Doc {
  const starts: number[] = [0];
  let at = 0;
  for (const line of lines) starts.push((at += line.length + 1));
  return { text: lines.join('\n'), starts, depth, parent, close, json };
}

const escape = /\\(?:u([0-9a-fA-F]{4})|.)/g;

/** readable shows \uXXXX as the letter that it stands for, except where that would break the line or the string. */
function readable(quoted: string): string {
  if (!quoted.includes('\\u')) return quoted;
  return quoted.replace(escape, (whole, code: string | undefined) => {
    const letter = code ? String.fromCharCode(parseInt(code, 16)) : '';
    return letter > '\u001f' && !/["\\\u007f-\u009f\u2028\u2029]/.test(letter) ? letter : whole;
  });
}

/** Reader walks one text and lays it out line by line. */
class Reader {
  readonly lines: string[] = [];
  readonly depth: number[] = [];
  readonly parent: number[] = [];
  readonly close: number[] = [];
  readonly #word = /(?:true|false|null|-?\d[\d.eE+-]*|-?Infinity|NaN)(?![^,\]}\s])/y;
  readonly #text: string;
  #at = 0;
  #open: { line: number; end: string }[] = [];
  // A member must follow: after an opening bracket and after a comma.
  #expects = false;

  constructor(text: string) {
    this.#text = text;
  }

  #space(): void {
    while (this.#text.charCodeAt(this.#at) <= 32) this.#at++;
  }

  // A string with its quotes; undefined where it does not end.
  #string(): string | undefined {
    const from = this.#at;
    let end = from;
    do {
      end = this.#text.indexOf('"', end + 1);
      if (end < 0) return undefined;
    } while (this.#escaped(end));
    this.#at = end + 1;
    return readable(this.#text.slice(from, this.#at));
  }

  // A quote behind an odd number of backslashes is part of the string.
  #escaped(quote: number): boolean {
    let n = 0;
    while (this.#text[quote - 1 - n] === '\\') n++;
    return n % 2 === 1;
  }

  #bare(): string | undefined {
    this.#word.lastIndex = this.#at;
    const word = this.#word.exec(this.#text)?.[0];
    this.#at = this.#word.lastIndex;
    return word;
  }

  #add(line: string, depth: number): void {
    this.lines.push(line);
    this.depth.push(depth);
    this.parent.push(this.#open.at(-1)?.line ?? -1);
    this.close.push(-1);
  }

  // One value with the name before it. Brackets only open here.
  #value(name: string): boolean {
    const ch = this.#text[this.#at];
    const depth = this.#open.length;
    if (ch === '{' || ch === '[') {
      const end = ch === '{' ? '}' : ']';
      this.#at++;
      this.#space();
      if (this.#text[this.#at] === end) {
        this.#at++;
        this.#add(name + ch + end, depth);
        return true;
      }
      this.#add(name + ch, depth);
      this.#open.push({ line: this.lines.length - 1, end });
      return (this.#expects = true);
    }
    const word = ch === '"' ? this.#string() : this.#bare();
    if (word === undefined) return false;
    this.#add(name + word, depth);
    return true;
  }

  #name(): string | undefined {
    if (this.#open.at(-1)?.end !== '}') return '';
    if (this.#text[this.#at] !== '"') return undefined;
    const name = this.#string();
    this.#space();
    if (name === undefined || this.#text[this.#at] !== ':') return undefined;
    this.#at++;
    this.#space();
    return `${name}: `;
  }

  // After a value: a comma and the next member, or brackets that close.
  #after(): boolean {
    for (;;) {
      this.#space();
      const top = this.#open.at(-1);
      if (!top) return this.#at === this.#text.length;
      const ch = this.#text[this.#at++];
      if (ch === ',') {
        this.lines[this.lines.length - 1] += ',';
        return (this.#expects = true);
      }
      if (ch !== top.end) return false;
      this.#open.pop();
      this.#add(ch, this.#open.length);
      this.close[top.line] = this.lines.length - 1;
    }
  }

  /** run tells whether the whole text is JSON, or what careless writers take for it. */
  run(): boolean {
    if (!this.#value('')) return false;
    for (;;) {
      if (!this.#expects) {
        if (!this.#after()) return false;
        if (!this.#expects) return true;
      }
      this.#expects = false;
      this.#space();
      const name = this.#name();
      if (name === undefined || !this.#value(name)) return false;
    }
  }
}

/** jsonDoc is a JSON text as a tree; undefined where it is none. */
export function jsonDoc(text: string): Doc | undefined {
  const r = new Reader(text);
  return r.run() ? assemble(r.lines, r.depth, r.parent, r.close, true) : undefined;
}

/** lineAt is the line that holds an offset of the text. */
export function lineAt(doc: Doc, offset: number): number {
  let [low, high] = [0, doc.starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (doc.starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** lineText is one line. */
export function lineText(doc: Doc, line: number): string {
  return doc.text.slice(doc.starts[line], doc.starts[line + 1]! - 1);
}

/** lineCount is how many lines a doc has. */
export function lineCount(doc: Doc): number {
  return doc.depth.length;
}
