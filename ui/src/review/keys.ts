/** The keys of the review room. Every mark acts once per press, so that a stuck key never judges forty takes. */
import { t } from '../lib/i18n.svelte';
import type { KeyAction } from '../lib/keymap.svelte';
import { go } from '../lib/router.svelte';
import { reviewTable as keys } from './keymap';
import type { Stage } from './stage.svelte';

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
  return [
    keys.act('review.pick', { run: () => void s.choose(), when: pick, once: true }),
    keys.act('review.reject', { run: () => s.askReason(), when: rate, once: true }),
    verdict('shortlisted'),
    verdict('usable'),
    verdict('unseen'),
    ...([1, 2, 3, 4, 5, 0] as const).map(stars),
    keys.act('review.advance', { run: () => s.toggleAdvance(), when: rate, once: true }),
    keys.act('review.lock', { run: () => void s.desk.lock(), when: held, once: true }),
    keys.act('review.send-back', { run: () => (s.sendingBack = true), when: held, once: true }),
  ];
}

function moveKeys(s: Stage): KeyAction[] {
  const some = () => s.order.length > 0;
  const grid = () => some() && !s.loupe;
  const wider = (key: string, by: number, rows: boolean): KeyAction => {
    const run = () => s.step(by, rows, true);
    return { keys: `Shift+Arrow${key}`, label: t('review.key.widen'), run, when: grid, hidden: true };
  };
  return [
    keys.act('review.next', { run: () => s.step(1), when: some }),
    keys.act('review.previous', { run: () => s.step(-1), when: some }),
    keys.act('review.down', { run: () => s.step(1, true), when: some, hidden: true }),
    keys.act('review.up', { run: () => s.step(-1, true), when: some, hidden: true }),
    wider('Right', 1, false),
    wider('Left', -1, false),
    wider('Down', 1, true),
    wider('Up', -1, true),
    keys.act('review.all', { run: () => s.all(), when: grid, hidden: true }),
    keys.act('review.next-shot', { run: () => s.hop(1), once: true }),
    keys.act('review.previous-shot', { run: () => s.hop(-1), once: true, hidden: true }),
  ];
}

function viewKeys(s: Stage): KeyAction[] {
  const some = () => s.row !== undefined;
  const grid = () => some() && !s.loupe;
  const layered = () => s.loupe || s.chosen.size > 0;
  return [
    keys.act('review.loupe', { run: () => s.show('loupe'), when: grid }),
    { keys: 'Enter', label: t('review.key.loupe'), run: () => s.show('loupe'), when: grid, hidden: true },
    keys.act('review.grid', { run: () => s.show('grid'), when: () => s.loupe, once: true }),
    { keys: 'Escape', label: t('review.key.back'), run: () => s.back(), when: layered, hidden: true },
    keys.act('review.play', { run: () => (s.playing = !s.playing), when: some, once: true }),
    keys.act('review.zoom', { run: () => (s.zoomed = !s.zoomed), when: () => s.loupe, once: true }),
    keys.act('review.larger', { run: () => s.resize(1), when: () => !s.loupe, hidden: true }),
    keys.act('review.smaller', { run: () => s.resize(-1), when: () => !s.loupe, hidden: true }),
    keys.act('review.reveal', { run: () => s.desk.reveal(), when: () => s.desk.fresh > 0, once: true }),
    keys.act('review.reuse', { run: () => void go(s.deskUrl()), when: () => some() && s.mayLog, once: true }),
    keys.act('review.panel', { run: () => s.togglePanel(), once: true, hidden: true }),
  ];
}

/** reviewKeys is all of them; the most used stand first in the legend. */
export function reviewKeys(s: Stage): KeyAction[] {
  return [...judgeKeys(s), ...viewKeys(s), ...moveKeys(s)];
}
