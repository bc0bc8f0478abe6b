/** A call sheet as one person gets it: their own times in order, whom to call, and whether they still have to say they got it. */
import { clockParts, telOf, type CallActor, type CallContent, type PersonCall } from './sheet';

/** Time is one of somebody's own times; key says which: pickup, makeup, call, wrap. */
export interface Time {
  key: 'pickup' | 'makeup' | 'call' | 'wrap';
  at: string;
  /** path is the cell, to mark a changed one. */
  path: string;
  /** as is the character, '' for the crew. */
  as: string;
}

// After midnight counts behind the day.
const order = (at: string): string => {
  const c = clockParts(at);
  return (c.later ? '1' : '0') + c.at;
};

/** timesOf lists somebody's own times, earliest first. */
export function timesOf(p: Pick<PersonCall, 'mine' | 'my_crew'>): Time[] {
  const ofActor = (a: CallActor): Time[] =>
    (['pickup', 'makeup', 'call', 'wrap'] as const).flatMap((key) =>
      a[key] ? [{ key, at: a[key], path: `cast.${a.element_id}.${key}`, as: a.character }] : [],
    );
  const ofCrew = p.my_crew.flatMap((w): Time[] =>
    w.call ? [{ key: 'call', at: w.call, path: `crew.${w.department}/${w.name}.call`, as: w.department }] : [],
  );
  return [...p.mine.flatMap(ofActor), ...ofCrew].sort((a, b) => order(a.at).localeCompare(order(b.at)));
}

/** Line is somebody to call. */
export interface Line {
  name: string;
  role: string;
  phone: string;
  tel: string;
}

/** linesOf is whom to call on the day, then the people of the places; those without a number are left out. */
export function linesOf(c: CallContent): Line[] {
  const all = [
    ...c.contacts,
    ...c.places.flatMap((p) => p.contacts.map((k) => ({ ...k, role: [p.name, k.role].filter(Boolean).join(' · ') }))),
  ];
  const seen = new Set<string>();
  return all.flatMap((k) => {
    const tel = telOf(k.phone);
    if (!tel || seen.has(tel)) return [];
    seen.add(tel);
    return [{ name: k.name, role: k.role, phone: k.phone, tel }];
  });
}

/** owes tells that somebody has not said yet that they got this version. */
export const owes = (p: Pick<PersonCall, 'version' | 'confirmed'>): boolean => p.confirmed < p.version;
