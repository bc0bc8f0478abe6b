/** The keys that hold on every page. */
import { keyTable } from '../lib/keytable';

export const shellTable = keyTable('keys.everywhere', [
  { id: 'shell.palette', keys: 'Mod+k', label: 'palette.title' },
  { id: 'shell.help', keys: '?', label: 'help.title' },
  { id: 'shell.undo', keys: 'Mod+z', label: 'act.undo' },
  { id: 'shell.rail', keys: '[', label: 'nav.toggle' },
  { id: 'shell.home', keys: 'g t', label: 'nav.home' },
  { id: 'shell.titles', keys: 'g i', label: 'nav.titles' },
  { id: 'shell.shots', keys: 'g s', label: 'nav.shots' },
  { id: 'shell.draw', keys: 'g l', label: 'nav.draw' },
  { id: 'shell.review', keys: 'g r', label: 'nav.review' },
  { id: 'shell.locations', keys: 'g p', label: 'nav.locations' },
  { id: 'shell.releases', keys: 'g d', label: 'nav.releases' },
  { id: 'shell.activity', keys: 'g a', label: 'nav.activity' },
]);

/** ShellKey is the id of one of them. */
export type ShellKey = Parameters<typeof shellTable.act>[0];
