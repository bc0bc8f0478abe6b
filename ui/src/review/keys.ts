/** The keys of the review room. Every mark acts once per press, so that a stuck key never judges forty takes. */
import { t } from '../lib/i18n.svelte';
import type { KeyAction } from '../lib/keymap.svelte';
import { go } from '../lib/router.svelte';
import type { Stage } from './stage.svelte';

/** judgeKeys set marks; readers of a title have none of them. */
function judgeKeys(s: Stage): KeyAction[] {
  const rate = () => s.mayRate && s.row !== undefined;
  const pick = () => s.mayPick && s.row !== undefined;
  const state = () => s.desk.shot?.shot.state ?? '';
  const held = () => s.mayPick && ['picked', 'locked'].includes(state());
  const verdict = (keys: string, key: 'shortlisted' | 'usable' | 'unseen'): KeyAction => ({
    keys,
    label: t(`review.key.${key}`),
    run: () => s.mark({ verdict: key }),
    when: rate,
    once: true,
  });
  return [
    { keys: 'p', label: t('review.key.pick'), run: () => void s.choose(), when: pick, once: true },
    { keys: 'x', label: t('review.key.reject'), run: () => s.askReason(), when: rate, once: true },
    verdict('h', 'shortlisted'),
    verdict('v', 'usable'),
    verdict('u', 'unseen'),
    ...[1, 2, 3, 4, 5, 0].map((stars): KeyAction => ({
      keys: String(stars),
      label: stars > 0 ? t('stars.n', { n: stars }) : t('review.noStars'),
      run: () => s.mark({ stars }),
      when: rate,
      once: true,
      hidden: true,
    })),
    { keys: 'a', label: t('review.key.advance'), run: () => s.toggleAdvance(), when: rate, once: true },
    { keys: 'l', label: t('review.key.lock'), run: () => void s.desk.lock(), when: held, once: true },
    { keys: 'b', label: t('review.key.sendBack'), run: () => (s.sendingBack = true), when: held, once: true },
  ];
}

function moveKeys(s: Stage): KeyAction[] {
  const some = () => s.order.length > 0;
  const grid = () => some() && !s.loupe;
  const step = (keys: string | string[], by: number, rows: boolean, far: boolean, label: string): KeyAction => {
    return { keys, label, run: () => s.step(by, rows, far), when: far ? grid : some, hidden: true };
  };
  const wider = t('review.key.widen');
  return [
    { ...step(['j', 'ArrowRight'], 1, false, false, t('review.key.next')), hidden: false },
    { ...step(['k', 'ArrowLeft'], -1, false, false, t('review.key.previous')), hidden: false },
    step('ArrowDown', 1, true, false, t('review.key.down')),
    step('ArrowUp', -1, true, false, t('review.key.up')),
    step('Shift+ArrowRight', 1, false, true, wider),
    step('Shift+ArrowLeft', -1, false, true, wider),
    step('Shift+ArrowDown', 1, true, true, wider),
    step('Shift+ArrowUp', -1, true, true, wider),
    { keys: 'Mod+a', label: t('review.key.all'), run: () => s.all(), when: grid, hidden: true },
    { keys: 'n', label: t('review.key.nextShot'), run: () => s.hop(1), once: true },
    { keys: 'N', label: t('review.key.previousShot'), run: () => s.hop(-1), once: true, hidden: true },
  ];
}

function viewKeys(s: Stage): KeyAction[] {
  const some = () => s.row !== undefined;
  const layered = () => s.loupe || s.chosen.size > 0;
  return [
    { keys: ['e', 'Enter'], label: t('review.key.loupe'), run: () => s.show('loupe'), when: () => some() && !s.loupe },
    { keys: 'g', label: t('review.key.grid'), run: () => s.show('grid'), when: () => s.loupe, once: true },
    { keys: 'Escape', label: t('review.key.back'), run: () => s.back(), when: layered, hidden: true },
    { keys: 'Space', label: t('review.key.play'), run: () => (s.playing = !s.playing), when: some, once: true },
    { keys: 'z', label: t('review.key.zoom'), run: () => (s.zoomed = !s.zoomed), when: () => s.loupe, once: true },
    { keys: ['=', '+'], label: t('review.key.larger'), run: () => s.resize(1), when: () => !s.loupe, hidden: true },
    { keys: '-', label: t('review.key.smaller'), run: () => s.resize(-1), when: () => !s.loupe, hidden: true },
    { keys: 'r', label: t('review.key.reveal'), run: () => s.desk.reveal(), when: () => s.desk.fresh > 0, once: true },
    {
      keys: 'r',
      label: t('inspect.reuse'),
      run: () => void go(s.deskUrl()),
      when: () => some() && s.mayLog,
      once: true,
    },
    { keys: 'i', label: t('review.key.panel'), run: () => s.togglePanel(), once: true, hidden: true },
  ];
}

/** reviewKeys is all of them; the most used stand first in the legend. */
export function reviewKeys(s: Stage): KeyAction[] {
  return [...judgeKeys(s), ...viewKeys(s), ...moveKeys(s)];
}
