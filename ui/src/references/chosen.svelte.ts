/** Which sheets the operator draws from on each shot, and whether the sheets beside the prompt are folded. */
const kept = 'chouka.sheets';

let chosen = $state.raw<ReadonlyMap<string, string[]>>(new Map());
let folded = $state(localStorage.getItem(kept) === '0');

/** chosenOn is the ids of the sheets that the next attempts on a shot are drawn from. */
export function chosenOn(shot: string): string[] {
  return chosen.get(shot) ?? [];
}

/** choose marks a sheet as drawn from, or no longer. */
export function choose(shot: string, sheet: string): void {
  const have = chosenOn(shot);
  const next = have.includes(sheet) ? have.filter((id) => id !== sheet) : [...have, sheet];
  chosen = new Map([...chosen, [shot, next]]);
}

/** keepOf drops what is chosen on a shot but no longer stands beside its prompt, where it could not be taken back. */
export function keepOf(shot: string, shown: string[]): void {
  const have = chosenOn(shot);
  const next = have.filter((id) => shown.includes(id));
  if (next.length < have.length) chosen = new Map([...chosen, [shot, next]]);
}

/** sheetsFolded tells whether the sheets are folded away. */
export function sheetsFolded(): boolean {
  return folded;
}

/** setSheetsFolded keeps that choice in this browser. */
export function setSheetsFolded(value: boolean): void {
  folded = value;
  localStorage.setItem(kept, value ? '0' : '1');
}
