/** What platforms mean by each metric. */
import { tAny } from '../lib/i18n.svelte';

/** meaningOf says what the platform means by a metric, what is added up and what never. */
export function meaningOf(metric: string): string {
  return tAny(`figures.meaning.${metric}`);
}
