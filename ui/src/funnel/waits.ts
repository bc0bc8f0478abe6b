/** How long something waited, in words: «约 3.5 小时». A median comes from a table of steps, so two figures say all it knows. */
import { t } from '../lib/i18n.svelte';

export type WaitUnit = 'second' | 'minute' | 'hour' | 'day';

interface Step {
  unit: WaitUnit;
  /** size is one unit in seconds; a length is told in it from `from` seconds on. */
  size: number;
  from: number;
}

// A minute and a half is still counted in seconds, a day and a half in hours: nobody feels "1.4 days".
const steps: Step[] = [
  { unit: 'day', size: 86_400, from: 2 * 86_400 },
  { unit: 'hour', size: 3_600, from: 90 * 60 },
  { unit: 'minute', size: 60, from: 90 },
  { unit: 'second', size: 1, from: 0 },
];

/** measured is a length in the unit in which people would say it, cut to two figures at most below ten. */
export function measured(seconds: number): { n: number; unit: WaitUnit } {
  const whole = Math.max(0, seconds);
  const { unit, size } = steps.find((s) => whole >= s.from) ?? steps[steps.length - 1]!;
  // Cut in tenths, and only then divided: 3 hours are 3, not 2.9.
  const tenths = Math.floor((whole * 10) / size);
  return { n: unit !== 'second' && tenths < 100 ? tenths / 10 : Math.floor(tenths / 10), unit };
}

/** waitText writes a length in words: 48 秒, 12 分钟, 3.5 小时, 6 天. */
export function waitText(seconds: number): string {
  const { n, unit } = measured(seconds);
  if (unit === 'second' && n < 1) return t('funnel.wait.none');
  return t(`funnel.wait.${unit}`, { n });
}
