/** An attempt beside the one before it: the standard fields in their fixed order, then every parameter that either has. */
import type { Attempt } from '../attempts/fields';
import { formatMoney } from '../attempts/money';
import { standardFields } from './export';

/** Row is one line of the table. `param` tells a parameter, named as the file names it, from a standard field. */
export interface Row {
  name: string;
  param: boolean;
  before: string;
  after: string;
  same: boolean;
}

// A task id is new each time; it says nothing about what was asked for.
const fields = standardFields.filter((f) => f !== 'task_id');

function valueOf(a: Attempt, field: (typeof fields)[number]): string {
  return field === 'cost' ? formatMoney(a.cost) : a[field];
}

function row(name: string, param: boolean, before: string, after: string): Row {
  return { name, param, before, after, same: before === after };
}

/** compare lists what two attempts say; fields that neither knows are left out. */
export function compare(before: Attempt, after: Attempt): Row[] {
  const standard = fields.map((f) => row(f, false, valueOf(before, f), valueOf(after, f)));
  const names = [...new Set([...Object.keys(before.params), ...Object.keys(after.params)])].sort((x, y) =>
    x.localeCompare(y),
  );
  const params = names.map((n) => row(n, true, before.params[n] ?? '', after.params[n] ?? ''));
  return [...standard, ...params].filter((r) => r.before || r.after);
}

/** differences counts the rows that differ. */
export function differences(rows: Row[]): number {
  return rows.filter((r) => !r.same).length;
}
