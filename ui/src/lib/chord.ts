/**
 * How a key press is called, and how that name is written for people.
 *
 * Names: 'j', 'P' (shift+p), '?', 'Enter', 'Escape', 'ArrowUp', 'Space', 'Mod+k' (Ctrl or Command), 'Mod+Shift+z', and 'g t'
 * for g and then t. A key is called by what it types. Where an input method or another script hides that, it is called by
 * where it lies, as on a US keyboard: an input method reports Process or ？, a Russian layout л for K.
 */

/** Press is what a name is made from; a KeyboardEvent is one. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

// What each place of a US keyboard types, without and with shift.
const marks: Record<string, string> = {
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  IntlBackslash: '\\|',
  Semicolon: ';:',
  Quote: `'"`,
  Backquote: '`~',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  NumpadAdd: '++',
  NumpadSubtract: '--',
  NumpadMultiply: '**',
  NumpadDivide: '//',
  NumpadDecimal: '..',
};
const overDigits = ')!@#$%^&*(';
const named =
  /^(Enter|Escape|Tab|Backspace|Delete|Insert|Home|End|Page(Up|Down)|Arrow\w+|Space|CapsLock|F\d{1,2}|ContextMenu)$/;
const modifiers = ['Shift', 'Control', 'Alt', 'Meta'];

/** byPlace is what the key at a place types on a US keyboard, '' for a place not in the table. */
export function byPlace(code: string, shift: boolean): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit) return shift ? (overDigits[Number(digit)] ?? '') : digit;
  const pad = /^Numpad(\d|Enter)$/.exec(code)?.[1];
  if (pad) return pad;
  const mark = marks[code];
  if (mark) return mark[shift ? 1 : 0] ?? '';
  const modifier = /^(Shift|Control|Alt|Meta)(Left|Right)$/.exec(code)?.[1];
  return modifier ?? (named.test(code) ? code : '');
}

const hidden = ['Process', 'Unidentified', 'Dead'];

/** typed is the key of a press in letters that a name may hold. */
function typed(e: Press): string {
  const plain = e.key.normalize('NFKC');
  const key = plain.length === 1 ? plain : e.key;
  const foreign = /^[^\x20-\x7e]+$/.test(key);
  return (foreign || hidden.includes(key) ? byPlace(e.code, e.shiftKey) : '') || key;
}

/** chord names a key press. */
export function chord(e: Press): string {
  const said = typed(e);
  const key = said === ' ' ? 'Space' : said;
  const mod = e.ctrlKey || e.metaKey;
  const single = key.length === 1;
  const name = mod && single ? key.toLowerCase() : key;
  const shift = e.shiftKey && (!single || mod);
  return `${mod ? 'Mod+' : ''}${e.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`;
}

/** isModifier tells a press of Shift, Ctrl, Alt or Command alone, which is no key of its own. */
export function isModifier(name: string): boolean {
  return modifiers.some((m) => name === m || name.endsWith(`+${m}`));
}

/** keyLabel writes a key for people: Mod+k as Ctrl+K or ⌘+K. */
export function keyLabel(keys: string, apple: boolean = /Mac|iP(hone|ad)/.test(navigator.platform)): string {
  const names: Record<string, string> = {
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc',
    Mod: apple ? '⌘' : 'Ctrl',
  };
  return keys
    .split(' ')
    .map((stroke) => stroke.replace(/(.)\+/g, '$1\u0000').split('\u0000'))
    .map((parts) => parts.map((p) => names[p] ?? (p.length === 1 && parts.length > 1 ? p.toUpperCase() : p)).join('+'))
    .join(' ');
}
