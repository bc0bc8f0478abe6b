/** Champion against challenger: of two takes the better one stays, and the next challenger comes by itself. */

/** Duel is two takes side by side; `side` is the one that keys hit. A duel without a challenger is over. */
export interface Duel {
  champion: string;
  challenger: string;
  side: 'champion' | 'challenger';
}

/** Fighter is what a duel has to know of a take. */
export interface Fighter {
  id: string;
  rejected: boolean;
  shortlisted: boolean;
  stars: number;
}

/**
 * begin sets the pick up as the champion, else the best of those shortlisted, else the take under the cursor; against it
 * stands the take under the cursor or, where that is the champion itself, the next one.
 */
export function begin(takes: Fighter[], current: string, pick: string): Duel {
  const ids = takes.map((f) => f.id);
  const best = takes
    .filter((f) => !f.rejected && (f.shortlisted || f.stars > 0))
    .sort((a, b) => Number(b.shortlisted) - Number(a.shortlisted) || b.stars - a.stars)[0];
  const champion = ids.includes(pick) ? pick : (best?.id ?? current);
  const others = takes.filter((f) => f.id !== champion);
  const next = after(takes, champion, champion) || (others.find((f) => !f.rejected) ?? others[0])?.id || '';
  const challenger = champion !== current && ids.includes(current) ? current : next;
  return { champion, challenger, side: challenger ? 'challenger' : 'champion' };
}

// after is the next take behind another that is not rejected and not the champion; '' when nothing is left.
function after(takes: Fighter[], from: string, champion: string): string {
  const at = takes.findIndex((f) => f.id === from);
  return takes.slice(at + 1).find((f) => f.id !== champion && !f.rejected)?.id ?? '';
}

/** step brings the next or previous challenger, rejected ones too, and stays where there is none. */
export function step(duel: Duel, order: string[], by: 1 | -1): Duel {
  const others = order.filter((id) => id !== duel.champion);
  const at = others.indexOf(duel.challenger);
  // Behind the last one the duel is over; from there the way back leads to the last one again.
  const to = at < 0 ? (by > 0 ? 0 : others.length - 1) : at + by;
  const challenger = others[Math.max(0, Math.min(others.length - 1, to))] ?? '';
  return { ...duel, challenger, side: challenger ? 'challenger' : 'champion' };
}

/** onward brings the next challenger that is not rejected; without one the champion alone is left, for the pick. */
export function onward(duel: Duel, takes: Fighter[]): Duel {
  const challenger = after(takes, duel.challenger || duel.champion, duel.champion);
  return { ...duel, challenger, side: challenger ? 'challenger' : 'champion' };
}

/** win makes the challenger the champion and brings the next one. */
export function win(duel: Duel, takes: Fighter[]): Duel {
  if (!duel.challenger) return duel;
  const from = duel.challenger;
  const challenger = after(takes, from, from);
  return { champion: from, challenger, side: challenger ? 'challenger' : 'champion' };
}

/** swap exchanges the two places. */
export function swap(duel: Duel): Duel {
  if (!duel.challenger) return duel;
  return { ...duel, champion: duel.challenger, challenger: duel.champion };
}

/** active is the take that keys hit. */
export function active(duel: Duel): string {
  return duel.side === 'champion' ? duel.champion : duel.challenger;
}
