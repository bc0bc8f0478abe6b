/** What is open over the plan, and how a drop becomes a move: asked dry first, then sent, with a reason where one is due. */
import { t } from '../lib/i18n.svelte';
import { toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { backOf, moveOf, sendMove, tryMove } from './acts';
import { applied, nameOf, weigh, type Clash, type DayBoard, type DayRow, type Spot, type StripScene } from './days';

/** Asked is a drop that waits for a reason, or that cannot be. */
export interface Asked {
  strip: StripScene;
  from: Spot;
  to: Spot;
  clashes: Clash[];
}

interface Options {
  title: string;
  board: () => DayBoard | undefined;
  set: (next: DayBoard) => void;
  reload: () => void;
}

/** Desk is handed from the page to its days and dialogs. */
export class Desk {
  asked = $state.raw<Asked>();
  form = $state(false);
  editing = $state.raw<DayRow>();
  deleting = $state.raw<DayRow>();
  /** choosing is a strip whose day is chosen from a list. */
  choosing = $state.raw<{ strip: StripScene; from: Spot }>();
  /** placing is a strip whose location for the day is chosen. */
  placing = $state.raw<{ strip: StripScene; day: string }>();
  cast = $state(false);
  /** busy is the scene that is being moved. */
  busy = $state('');
  /** said is what a screen reader hears after a move. */
  said = $state('');
  readonly options: Options;

  constructor(options: Options) {
    this.options = options;
  }

  /** add opens the form of a new day. */
  add = (): void => {
    this.editing = undefined;
    this.form = true;
  };

  /** edit opens the form of a day. */
  edit = (row: DayRow): void => {
    this.editing = row;
    this.form = true;
  };

  /** drop moves a strip, unless something soft or hard stands in the way: that is asked about first. */
  drop = async (strip: StripScene, from: Spot, to: Spot): Promise<void> => {
    if (this.busy) return;
    this.busy = strip.scene.id;
    try {
      const { conflicts } = await tryMove(this.options.title, moveOf(strip, from, to));
      const { hard, soft } = weigh(conflicts);
      if (hard.length + soft.length > 0) this.asked = { strip, from, to, clashes: conflicts };
      else await this.commit(strip, from, to);
    } catch (cause) {
      toastError(cause);
      this.options.reload();
    } finally {
      this.busy = '';
    }
  };

  /** commit sends a move and offers the way back. */
  commit = async (strip: StripScene, from: Spot, to: Spot, reason = ''): Promise<void> => {
    const { title, board, set, reload } = this.options;
    const move = { ...moveOf(strip, from, to), reason: reason || undefined };
    const { days } = await sendMove(title, move);
    const now = board();
    if (now) set(applied(now, strip, move, days));
    const label = this.#words(strip, to.day);
    this.said = label;
    did(label, async () => {
      await sendMove(title, backOf(move, from, t('days.undoReason')));
      reload();
    });
  };

  #words(strip: StripScene, dayId: string): string {
    const name = nameOf(strip);
    const row = this.options.board()?.days.find((d) => d.day.id === dayId);
    return row ? t('days.did.moved', { name, date: row.day.date }) : t('days.did.off', { name });
  }
}
