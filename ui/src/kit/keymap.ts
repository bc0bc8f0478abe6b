/** The keys of searches and lists, wherever a page has one. */
import { keyTable } from '../lib/keytable';

export const listTable = keyTable('keys.lists', [
  { id: 'list.search', keys: '/', label: 'keys.search' },
  { id: 'list.next', keys: ['j', 'ArrowDown'], label: 'titles.key.next' },
  { id: 'list.previous', keys: ['k', 'ArrowUp'], label: 'titles.key.previous' },
]);
