/** What the keys of the review room do. Every mark acts once per press, so that a stuck key never judges forty takes. */
import { t } from '../lib/i18n.svelte';
import type { KeyAction } from '../lib/keymap.svelte';
import { go } from '../lib/router.svelte';
import { reviewTable as keys } from './keymap';
import type { Stage } from './stage.svelte';
import type { View } from './table.svelte';

/** judgeKeys set marks; readers of a title have none of them. */
function judgeKeys(s: Stage): KeyAction[] {
  const rate = () => s.mayRate && s.row !== undefined;
  const pick = () => s.mayPick && s.row !== undefined;
  const state = () => s.desk.shot?.shot.state ?? '';
  const held = () => s.mayPick && ['picked', 'locked'].includes(state());
  const verdict = (key: 'shortlisted' | 'usable' | 'unseen') =>
    keys.act(`review.${key}`, { run: () => s.mark({ verdict: key }), when: rate, once: true });
  const stars = (n: 1 | 2 | 3 | 4 | 5 | 0) =>
    keys.act(`review.stars-${n}`, { run: () => s.mark({ stars: n }), when: rate, once: true, hidden: true });
  const colour = (n: 1 | 2 | 3 | 4) =>
    keys.act(`review.colour-${n}`, { run: () => s.label(n), when: rate, once: true, hidden: true });
  return [
    keys.act('review.pick', { run: () => void s.choose(), when: pick, once: true }),
    keys.act('review.reject', { run: () => s.askReason(), when: rate, once: true }),
    verdict('shortlisted'),
    verdict('usable'),
    verdict('unseen'),
    keys.act('review.pick-stay', { run: () => void s.choose(true), when: pick, once: true, hidden: true }),
    keys.act('review.reject-stay', { run: () => s.askReason(true), when: rate, once: true, hidden: true }),
    ...([1, 2, 3, 4, 5, 0] as const).map(stars),
    ...([1, 2, 3, 4] as const).map(colour),
    keys.act('review.advance', { run: () => s.toggleAdvance(), when: rate, once: true, hidden: true }),
    keys.act('review.lock', { run: () => void s.desk.lock(), when: held, once: true }),
    keys.act('review.send-back', { run: () => (s.sendingBack = true), when: held, once: true }),
    keys.act('review.undo', { run: () => void s.turnBack('undo'), when: () => s.mayRate }),
    keys.act('review.redo', { run: () => void s.turnBack('redo'), when: () => s.mayRate, hidden: true }),
  ];
}

/** moveKeys go from take to take; where a clip lies large, the arrows go from frame to frame instead. */
function moveKeys(s: Stage): KeyAction[] {
  const some = () => s.order.length > 0;
  const grid = () => some() && s.view === 'grid';
  const frames = () => s.view !== 'grid' && s.film;
  const aside = (by: 1 | -1) => (frames() ? s.table.deck.step(by) : s.step(by));
  const wider = (key: string, by: 1 | -1, rows: boolean): KeyAction => {
    const run = () => s.step(by, rows, true);
    return { keys: `Shift+Arrow${key}`, label: t('review.key.widen'), run, when: grid, hidden: true };
  };
  return [
    keys.act('review.next', { run: () => s.step(1), when: some }),
    keys.act('review.previous', { run: () => s.step(-1), when: some }),
    keys.act('review.right', { run: () => aside(1), when: some, hidden: true }),
    keys.act('review.left', { run: () => aside(-1), when: some, hidden: true }),
    keys.act('review.down', { run: () => s.step(1, true), when: some, hidden: true }),
    keys.act('review.up', { run: () => s.step(-1, true), when: some, hidden: true }),
    wider('Right', 1, false),
    wider('Left', -1, false),
    wider('Down', 1, true),
    wider('Up', -1, true),
    keys.act('review.all', { run: () => s.all(), when: grid, hidden: true }),
    keys.act('review.toggle', { run: () => s.toggle(), when: grid, once: true, hidden: true }),
    keys.act('review.next-shot', { run: () => s.hop(1), once: true }),
    keys.act('review.previous-shot', { run: () => s.hop(-1), once: true, hidden: true }),
  ];
}

function viewKeys(s: Stage): KeyAction[] {
  const { table } = s;
  const some = () => s.row !== undefined;
  const many = () => s.order.length > 1;
  const large = () => some() && s.view !== 'grid';
  const duel = () => s.view === 'compare' && table.duel.challenger !== '';
  const layered = () => large() || s.live || s.chosen.size > 0 || table.bare;
  const view = (to: View, when: () => boolean) =>
    keys.act(`review.${to}`, { run: () => s.show(to), when: () => when() && s.view !== to, once: true });
  return [
    view('loupe', some),
    view('compare', many),
    view('survey', many),
    view('grid', some),
    {
      keys: 'Enter',
      label: t('review.key.loupe'),
      run: () => s.show('loupe'),
      when: () => s.view === 'grid',
      hidden: true,
    },
    keys.act('review.win', { run: () => s.win(), when: duel, once: true }),
    keys.act('review.flip', { run: () => (table.held = true), up: () => (table.held = false), when: duel }),
    keys.act('review.swap', { run: () => table.duelSwap(), when: duel, once: true }),
    keys.act('review.layout', { run: () => table.nextLayout(), when: duel, once: true }),
    keys.act('review.difference', { run: () => table.toggleDifference(), when: duel, once: true }),
    keys.act('review.facts', { run: () => table.toggleFacts(), when: duel, once: true }),
    keys.act('review.onion', { run: () => s.nextOnion(), when: () => s.view === 'loupe', once: true, hidden: true }),
    keys.act('review.close', { run: () => s.close(), when: () => s.view === 'survey', once: true, hidden: true }),
    keys.act('review.zoom', { run: () => table.zoom.cycle(), when: large, once: true }),
    keys.act('review.larger', { run: () => s.resize(1), when: () => !large(), hidden: true }),
    keys.act('review.smaller', { run: () => s.resize(-1), when: () => !large(), hidden: true }),
    keys.act('review.bare', { run: () => (table.bare = !table.bare), when: large, once: true, hidden: true }),
    { keys: 'Escape', label: t('review.key.back'), run: () => s.back(), when: layered, hidden: true },
    keys.act('review.panel', { run: () => s.togglePanel(), once: true, hidden: true }),
    keys.act('review.blind', { run: () => s.desk.toggleBlind(), once: true, hidden: true }),
    keys.act('review.reveal', { run: () => s.desk.reveal(), when: () => s.desk.fresh > 0, once: true }),
    keys.act('review.reuse', {
      run: () => void go(s.deskUrl()),
      when: () => some() && s.mayLog,
      once: true,
      hidden: true,
    }),
    keys.act('review.play-episode', {
      run: () => s.playEpisode(),
      when: () => !!s.desk.shot,
      once: true,
      hidden: true,
    }),
  ];
}

/** clipKeys play what lies on the table. */
function clipKeys(s: Stage): KeyAction[] {
  const { deck } = s.table;
  const clip = () => deck.lead !== undefined;
  const several = () => deck.clips.length > 1;
  // With several clips on the table the same keys move one of them against the others.
  const nudge = (by: 1 | -1) => (several() ? deck.shift(s.current, by) : deck.step(by));
  return [
    keys.act('review.play', { run: () => s.play(), when: () => clip() || (s.view === 'grid' && s.film), once: true }),
    keys.act('review.second-on', { run: () => deck.skip(1), when: () => clip() && s.view !== 'grid', hidden: true }),
    keys.act('review.second-back', { run: () => deck.skip(-1), when: () => clip() && s.view !== 'grid', hidden: true }),
    keys.act('review.frame-on', { run: () => nudge(1), when: clip, hidden: true }),
    keys.act('review.frame-back', { run: () => nudge(-1), when: clip, hidden: true }),
    keys.act('review.first-frame', { run: () => deck.end(false), when: clip, hidden: true }),
    keys.act('review.last-frame', { run: () => deck.end(true), when: clip, hidden: true }),
    keys.act('review.loop-in', { run: () => deck.mark('from'), when: clip, once: true }),
    keys.act('review.loop-out', { run: () => deck.mark('to'), when: clip, once: true }),
    keys.act('review.loop-clear', { run: () => deck.unmark(), when: clip, once: true, hidden: true }),
    keys.act('review.loop', { run: () => deck.toggleLoop(), when: clip, once: true, hidden: true }),
    keys.act('review.slower', { run: () => deck.faster(-1), when: clip, hidden: true }),
    keys.act('review.faster', { run: () => deck.faster(1), when: clip, hidden: true }),
    keys.act('review.sound', { run: () => deck.listen(), when: clip, once: true, hidden: true }),
  ];
}

/** reviewKeys is all of them; the most used stand first in the legend. */
export function reviewKeys(s: Stage): KeyAction[] {
  return [...judgeKeys(s), ...viewKeys(s), ...clipKeys(s), ...moveKeys(s)];
}
