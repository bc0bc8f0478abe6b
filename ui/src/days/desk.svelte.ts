/** What is open over the plan, and how a drop becomes a move: asked dry first, then sent, with a reason where one is due. */
import { t } from '../lib/i18n.svelte';
import { toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { deleteDay, sendMoves, tryMoves } from './acts';
import { applied, backOf, going, movesOf, type Carried } from './carry';
import { nameOf, weigh, type Clash, type DayBoard, type DayRow, type Spot, type StripScene } from './days';

/** Asked is a drop that waits for a reason, or that cannot be. */
export interface Asked {
  items: Carried[];
  to: Spot;
  clashes: Clash[];
}

interface Options {
  title: string;
  board: () => DayBoard | undefined;
  set: (next: DayBoard) => void;
  reload: () => void;
  /** moved is told when strips were put down: what was chosen is done with. */
  moved: () => void;
}

/** Desk is handed from the page to its days and dialogs. */
export class Desk {
  asked = $state.raw<Asked>();
  form = $state(false);
  editing = $state.raw<DayRow>();
  deleting = $state.raw<DayRow>();
  /** choosing are strips whose day is chosen from a list. */
  choosing = $state.raw<Carried[]>();
  /** placing is a strip whose location for the day is chosen. */
  placing = $state.raw<{ strip: StripScene; day: string }>();
  cast = $state(false);
  /** busy are the scenes that are being moved. */
  busy = $state.raw<string[]>([]);
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

  /** remove deletes a day; one whose call sheet people have is asked about first. */
  remove = async (row: DayRow): Promise<void> => {
    if (row.version > 0) this.deleting = row;
    else await deleteDay(row, this.options.reload).catch(toastError);
  };

  /** drop moves strips as one, unless something soft or hard stands in the way of any: that is asked about first, for all. */
  drop = async (carried: Carried[], to: Spot): Promise<void> => {
    const items = going(carried, to);
    if (this.busy.length > 0 || items.length === 0) return;
    this.busy = items.map((c) => c.strip.scene.id);
    try {
      const { conflicts } = await tryMoves(this.options.title, movesOf(items, to));
      const { hard, soft } = weigh(conflicts);
      if (hard.length + soft.length > 0) this.asked = { items, to, clashes: conflicts };
      else await this.commit(items, to);
    } catch (cause) {
      toastError(cause);
      this.options.reload();
    } finally {
      this.busy = [];
    }
  };

  /** commit sends a move and offers the way back: one for all. */
  commit = async (items: Carried[], to: Spot, reason = ''): Promise<void> => {
    const { title, board, set, reload, moved } = this.options;
    const { days } = await sendMoves(title, movesOf(items, to), reason || undefined);
    const now = board();
    if (now) set(applied(now, items, days));
    moved();
    const label = this.#words(items, to.day);
    this.said = label;
    did(label, async () => {
      await sendMoves(title, backOf(items, to), t('days.undoReason'));
      reload();
    });
  };

  #words(items: Carried[], dayId: string): string {
    const name = namesOf(items);
    const row = this.options.board()?.days.find((d) => d.day.id === dayId);
    return row ? t('days.did.moved', { name, date: row.day.date }) : t('days.did.off', { name });
  }
}

/** namesOf is one scene by its name, and several by how many they are. */
export function namesOf(items: Carried[]): string {
  const [first] = items;
  return items.length === 1 && first ? nameOf(first.strip) : t('days.scenes', { n: items.length });
}
