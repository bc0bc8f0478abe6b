/**
 * Picking from within the play: the takes of one shot, the one that is tried between its neighbours, and the pick itself. The
 * strip stays with the shot that it was opened on, also while the play runs on, so that a take can be seen in its place.
 */
import { get, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { asError } from '../lib/problem';
import { resource } from '../lib/resource.svelte';
import { closeToast, toast, toastError } from '../lib/toasts.svelte';
import { actWords } from '../review/acts';
import { Looks } from '../review/looks';
import type { Shot, Take } from './sequence';

type Row = Schema<'TakeRow'>;

interface Conflict {
  sentence: string;
  take: Take;
}

interface Needs {
  title: () => string;
  /** shotOf reads a shot of the play as it stands. */
  shotOf: (id: string) => Shot | undefined;
  /** changed takes a shot over with the takes that are known of it. */
  changed: (shot: Shot, takes: Take[]) => void;
  /** reload reads the play anew. */
  reload: () => void;
}

/** Picks is made once by the page, while it is being set up. */
export class Picks {
  /** shotId is the shot whose takes lie open; '' while the strip is closed. */
  shotId = $state('');
  conflict = $state.raw<Conflict>();
  said = $state('');
  busy = $state(false);
  #chosen = $state('');
  #needs: Needs;
  #looks = new Looks();
  #toast = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  readonly takes = resource(
    async (signal): Promise<{ shot: string; items: Row[] }> => {
      const shot = this.shotId;
      return { shot, items: shot ? (await get('/shots/{shot}/takes', { path: { shot }, signal })).items : [] };
    },
    () => ({ shot_id: this.shotId, kind: ['take', 'attempt'] }),
  );

  readonly open = $derived.by(() => this.shotId !== '');
  readonly shot = $derived.by(() => (this.shotId ? this.#needs.shotOf(this.shotId) : undefined));
  readonly pick = $derived.by(() => this.shot?.pick);
  /** rows is the open shot's takes, undefined until they are read. */
  readonly rows = $derived.by(() => (this.takes.data?.shot === this.shotId ? this.takes.data.items : undefined));
  readonly #at = $derived.by(() => {
    const rows = this.rows ?? [];
    const chosen = rows.findIndex((r) => r.take.id === this.#chosen);
    return chosen >= 0 ? chosen : rows.findIndex((r) => r.take.id === this.pick?.take_id);
  });
  /** take is the one under the cursor: what was chosen, else the pick. */
  readonly take = $derived.by(() => this.rows?.[this.#at]?.take);
  /** trial stands in for the pick while another take is looked at. */
  readonly trial = $derived.by(() => (this.take && this.take.id !== this.pick?.take_id ? this.take : undefined));

  /** openOn shows the takes of a shot. */
  openOn(shot: string): void {
    if (shot === this.shotId) return;
    this.shotId = shot;
    this.#chosen = '';
    this.conflict = undefined;
  }

  close(): void {
    this.openOn('');
    void this.#looks.send();
  }

  /** step moves the cursor; from no pick it begins at the first take. */
  step(by: 1 | -1): void {
    const rows = this.rows ?? [];
    if (rows.length === 0) return;
    this.find(rows[this.#at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, this.#at + by))]?.take.id ?? '');
  }

  /** find moves the cursor to a take, which is then tried in its place and counts as seen. */
  find(take: string): void {
    if (!this.rows?.some((r) => r.take.id === take)) return;
    this.#chosen = take;
    this.#looks.see([take]);
    this.said = t('review.take', { n: this.take?.number ?? 0 });
  }

  /** choose makes a take the pick of its shot, if the one that stands there is the one that was on the screen. */
  async choose(take: Take | undefined = this.take): Promise<void> {
    const shot = this.shot;
    if (!take || !shot || this.busy) return;
    if (take.id === this.pick?.take_id) return this.#say(t('play.isPick', { n: take.number }));
    if (take.verdict === 'rejected') return this.#say(t('review.rejectedFirst', { n: take.number }));
    this.busy = true;
    this.conflict = undefined;
    try {
      const body = { take_id: take.id, replaces: this.pick?.take_id };
      this.#take(await post('/shots/{shot}/pick', { path: { shot: shot.id }, body }), [take]);
      this.#offer(t('play.picked', { label: shot.label, n: take.number }));
    } catch (cause) {
      this.#late(cause, take);
    } finally {
      this.busy = false;
    }
  }

  // Who lost the race must see who won before anything is replaced.
  #late(cause: unknown, take: Take): void {
    const error = asError(cause);
    if (error.status !== 409 || !error.code.startsWith('pick.')) toastError(error);
    else {
      this.conflict = { sentence: error.detail, take };
      this.said = error.detail;
    }
    this.#needs.reload();
    void this.takes.reload();
  }

  #take(shot: Shot, takes: Take[]): void {
    const known = (this.takes.data?.items ?? []).map((r) => r.take);
    this.#needs.changed(shot, [...takes, ...known]);
  }

  #say(text: string): void {
    this.said = text;
    closeToast(this.#toast);
    this.#toast = toast(text);
  }

  #offer(text: string): void {
    this.said = text;
    closeToast(this.#toast);
    this.#toast = toast(text, { tone: 'good', undo: () => void this.turnBack('/undo') });
  }

  /** turnBack takes this person's newest act on the title back, or does it again. */
  async turnBack(way: '/undo' | '/redo'): Promise<void> {
    try {
      const out = await post(way, { body: { title_id: this.#needs.title() } });
      this.#chosen = '';
      if (out.shot) this.#take(out.shot, out.takes);
      void this.takes.reload();
      this.#say(t(way === '/undo' ? 'review.undone' : 'review.redone', { what: actWords(out.act) }));
    } catch (cause) {
      const error = asError(cause);
      if (error.status === 409) this.#say(error.detail);
      else toastError(error);
    }
  }
}
