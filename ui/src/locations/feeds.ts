/** Which calendars a page offers to subscribe to, and what the address of one is. */
import type { Schema } from '../lib/client';

export type FeedWant = Pick<Schema<'Feed'>, 'kind' | 'name' | 'object_id'>;

interface Named {
  id: string;
  name: string;
}

/** wantsOf are one's own calendar, and that of the title and the place which the page shows. */
export function wantsOf(title?: Named, location?: Named): FeedWant[] {
  const of = (kind: FeedWant['kind'], x?: Named): FeedWant[] => (x ? [{ kind, name: x.name, object_id: x.id }] : []);
  return [{ kind: 'person', name: '' }, ...of('title', title), ...of('location', location)];
}

/** feedAddress is what a calendar program is given; path lies below the API's prefix. */
export function feedAddress(origin: string, path: string): string {
  return `${origin}/api/v1${path}`;
}
