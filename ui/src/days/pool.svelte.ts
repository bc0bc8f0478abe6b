/** The filter of the pool stands in the address. */
import { query } from '../lib/router.svelte';
import type { Filter } from './days';

/** poolFilter is what the pool shows now. */
export function poolFilter(): Filter {
  return { place: query('place'), light: query('light'), cast: query('cast'), episode: query('ep'), text: query('q') };
}
