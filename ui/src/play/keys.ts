/** What the keys of the play do. While takes lie open, the arrows choose among them. */
import { t } from '../lib/i18n.svelte';
import type { KeyAction } from '../lib/keymap.svelte';
import { playTable as keys } from './keymap';
import type { Picks } from './picks.svelte';
import type { Reel } from './reel.svelte';
import type { View } from './view.svelte';

/** Room is what the keys act on. */
export interface Room {
  reel: Reel;
  picks: Picks;
  view: View;
  mayPick: () => boolean;
  /** hop goes to another shot, and the open takes with it. */
  hop: (by: 1 | -1) => void;
  /** choose moves among the open takes and shows the shot that they belong to. */
  choose: (by: 1 | -1) => void;
  /** tryTake shows one of the open takes in its place. */
  tryTake: (id: string) => void;
  /** takes opens or closes the takes of the shot that is seen. */
  takes: () => void;
  listen: () => void;
  /** leave goes back by one layer: the takes, the full screen, the page. */
  leave: () => void;
}

/** playKeys is all of them; the most used stand first in the legend. */
export function playKeys(r: Room): KeyAction[] {
  const some = () => r.reel.seq.segments.length > 0;
  const open = () => r.picks.open;
  const aside = (by: 1 | -1) => (open() ? r.choose(by) : r.reel.step(by));
  return [
    keys.act('play.toggle', { run: () => r.reel.toggle(), when: some, once: true }),
    keys.act('play.frame-on', { run: () => aside(1), when: some, ...(open() && { label: t('play.key.nextTake') }) }),
    keys.act('play.frame-back', {
      run: () => aside(-1),
      when: some,
      ...(open() && { label: t('play.key.previousTake') }),
    }),
    keys.act('play.next', { run: () => r.hop(1), when: some }),
    keys.act('play.previous', { run: () => r.hop(-1), when: some }),
    keys.act('play.takes', { run: () => r.takes(), when: some, once: true }),
    keys.act('play.pick', {
      run: () => (open() ? void r.picks.choose() : r.takes()),
      when: () => some() && r.mayPick(),
      once: true,
    }),
    keys.act('play.second-on', { run: () => r.reel.skip(1), when: some, hidden: true }),
    keys.act('play.second-back', { run: () => r.reel.skip(-1), when: some, hidden: true }),
    keys.act('play.start', { run: () => r.reel.end(false), when: some, hidden: true }),
    keys.act('play.end', { run: () => r.reel.end(true), when: some, hidden: true }),
    keys.act('play.loop', { run: () => r.reel.toggleLoop(), when: some, once: true }),
    keys.act('play.subtitles', { run: () => r.view.flip('subtitles'), once: true }),
    keys.act('play.safe', { run: () => r.view.flip('safe'), once: true }),
    keys.act('play.overlay', { run: () => r.view.overlay(), once: true }),
    keys.act('play.sound', { run: () => r.listen(), once: true }),
    keys.act('play.slower', { run: () => r.reel.faster(-1), hidden: true }),
    keys.act('play.faster', { run: () => r.reel.faster(1), hidden: true }),
    keys.act('play.full', { run: () => void r.view.setFull(!r.view.full), once: true }),
    keys.act('play.undo', { run: () => void r.picks.turnBack('/undo'), when: r.mayPick, hidden: true, once: true }),
    keys.act('play.redo', { run: () => void r.picks.turnBack('/redo'), when: r.mayPick, hidden: true, once: true }),
    { keys: 'Escape', label: t('play.key.leave'), run: () => r.leave() },
  ];
}
