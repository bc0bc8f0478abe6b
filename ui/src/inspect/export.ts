/** An attempt as JSON for other programs, and as what the log form is filled with. */
import type { Attempt } from '../attempts/fields';

/** standardFields are the fields of a generation that have a fixed place, in the order in which they are shown. */
export const standardFields = [
  'service',
  'model',
  'seed',
  'size',
  'steps',
  'cfg',
  'sampler',
  'scheduler',
  'denoise',
  'duration',
  'ratio',
  'mode',
  'cost',
  'task_id',
] as const;
export type StandardField = (typeof standardFields)[number];

/** writeJson is the attempt's request as indented JSON, under the names of the API; seeds stay text, unknown fields are left out. */
export function writeJson(a: Attempt): string {
  const out: Record<string, unknown> = {};
  const put = (name: string, value: unknown) => {
    const empty = value === '' || value === undefined || (Array.isArray(value) && value.length === 0);
    if (!empty) out[name] = value;
  };
  put('prompt', a.prompt);
  put('negative', a.negative);
  for (const f of standardFields) put(f, f === 'cost' ? (a.cost.currency ? a.cost : undefined) : a[f]);
  put('expanded', a.expanded);
  put('refs', a.refs);
  if (Object.keys(a.params).length > 0) out.params = a.params;
  return JSON.stringify(out, null, 2);
}
