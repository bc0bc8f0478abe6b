/**
 * What the review room knows of the shot on the screen: its takes with the marks on their way, its pick.
 * Marks show at once and go to the server one after another, so that the last key wins. New takes wait until they are asked for.
 */
import { untrack } from 'svelte';
import { get, post, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { asError } from '../lib/problem';
import { resource } from '../lib/resource.svelte';
import { me } from '../lib/session.svelte';
import { toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { backOf, changes, labelOf, merged, withPending, type Back, type Mark, type Pending } from './marks';
import type { Take } from './names';

type Pick = Schema<'Pick'>;
type Shot = Schema<'Shot'>;

/** Conflict is a pick that came too late: the server's sentence and the take that was wanted. */
export interface Conflict {
  sentence: string;
  take: Take;
}

/** Outcome of a pick key. */
export type Outcome = 'picked' | 'unpicked' | 'refused';

/** Desk is made once by the page, while it is being set up. */
export class Desk {
  readonly title: () => string;
  readonly shotId: () => string;
  conflict = $state.raw<Conflict>();
  said = $state('');
  #pending = $state.raw<Pending[]>([]);
  #picking = $state.raw<{ shot: string; pick: Pick | undefined }>();
  #shown = $state.raw<{ shot: string; ids: ReadonlySet<string> }>({ shot: '', ids: new Set() });
  #chain: Promise<unknown> = Promise.resolve();
  #next = 1;

  constructor(title: () => string, shotId: () => string) {
    this.title = title;
    this.shotId = shotId;
    $effect(() => {
      const data = this.takes.data;
      if (!data || data.shot !== shotId()) return;
      const shown = untrack(() => this.#shown);
      if (shown.shot !== data.shot || shown.ids.size === 0) this.reveal();
    });
    $effect(() => {
      void shotId();
      untrack(() => (this.conflict = undefined));
    });
  }

  readonly page = resource(
    (signal) => {
      const shot = this.shotId();
      return shot ? get('/shots/{shot}', { path: { shot }, signal }) : Promise.resolve(undefined);
    },
    () => ({ shot_id: this.shotId() }),
  );

  readonly takes = resource(
    async (signal) => {
      const shot = this.shotId();
      if (!shot) return { shot: '', items: [] };
      return { shot, items: (await get('/shots/{shot}/takes', { path: { shot }, signal })).items };
    },
    () => ({ shot_id: this.shotId(), kind: ['take', 'attempt'] }),
  );

  /** shot is the shot on the screen, undefined until it is read. */
  readonly shot = $derived.by(() => (this.page.data?.shot.id === this.shotId() ? this.page.data : undefined));

  readonly #here = $derived.by(() => (this.takes.data?.shot === this.shotId() ? this.takes.data.items : undefined));

  /** rows is the takes on the screen by number, undefined until they are read. */
  readonly rows = $derived.by(() => {
    if (!this.#here || this.#shown.shot !== this.shotId()) return undefined;
    return withPending(
      this.#here.filter((r) => this.#shown.ids.has(r.take.id)),
      this.#pending,
    );
  });

  /** fresh is how many takes arrived since the screen was drawn. */
  readonly fresh = $derived.by(() => (this.rows ? (this.#here?.length ?? 0) - this.rows.length : 0));

  /** pick is the pick as it stands on the screen. */
  readonly pick = $derived.by(() =>
    this.#picking?.shot === this.shotId() ? this.#picking.pick : this.shot?.shot.pick,
  );

  /** reveal shows the takes that arrived. */
  reveal(): void {
    this.#shown = { shot: this.shotId(), ids: new Set(this.#here?.map((r) => r.take.id)) };
  }

  /** say tells what was done, for eyes at the foot and for screen readers. */
  say(text: string): void {
    this.said = text;
  }

  /** nameOf is a person's name, where this title knows it. */
  nameOf(id: string | undefined): string {
    if (!id) return '';
    if (id === me()?.person.id) return me()?.person.name ?? '';
    return this.shot?.people.find((p) => p.person_id === id)?.name ?? '';
  }

  /** judge sets a mark on takes. Several at once offer the way back in a toast, a single one by Ctrl+Z alone. */
  judge(takes: Take[], mark: Mark): void {
    const hit = takes.filter((x) => changes(x, mark));
    if (hit.length === 0) return this.say(labelOf(takes, mark));
    const pending: Pending = { id: this.#next++, takes: new Set(hit.map((x) => x.id)), mark };
    this.#pending = [...this.#pending, pending];
    const label = labelOf(hit, mark);
    this.say(label);
    const where = this.shot?.shot.label ?? '';
    void this.#after(async () => {
      try {
        await this.#send({ takes: hit.map((x) => x.id), mark });
        did(`${where} ${label}`, () => this.#back(backOf(hit, mark), label), hit.length === 1);
      } catch (cause) {
        toastError(cause);
        void this.takes.reload();
      } finally {
        this.#pending = this.#pending.filter((p) => p !== pending);
      }
    });
  }

  async #send(call: Back): Promise<void> {
    const answer = await post('/verdicts', { body: { takes: call.takes, ...call.mark } });
    const now = this.takes.data;
    // Setting gives up a read on its way, which must not happen to that of another shot.
    if (now?.shot === this.shotId()) this.takes.set({ ...now, items: merged(now.items, answer.items) });
  }

  async #back(calls: Back[], label: string): Promise<void> {
    for (const call of calls) await this.#send(call);
    this.say(t('undo.done', { what: label }));
  }

  #after<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#chain.then(run);
    this.#chain = turn.catch(() => undefined);
    return turn;
  }

  /** choose makes a take the pick, or takes the pick away when it is this one. */
  choose(take: Take): Promise<Outcome> {
    const before = this.pick;
    const away = before?.take_id === take.id;
    const shot = this.shotId();
    this.conflict = undefined;
    this.#picking = { shot, pick: away ? undefined : this.#ownPick(take) };
    return this.#after(async () => {
      const replaces = before?.take_id;
      try {
        await this.#putPick(shot, away ? undefined : take.id, replaces);
        const text = away ? t('review.unpicked', { n: take.number }) : t('review.picked', { n: take.number });
        const undo = () => this.#putPick(shot, replaces, away ? undefined : take.id);
        did(`${take.shot_id === shot ? (this.shot?.shot.label ?? '') : ''} ${text}`.trim(), undo);
        this.say(text);
        return away ? 'unpicked' : 'picked';
      } catch (cause) {
        this.#late(cause, take);
        return 'refused';
      } finally {
        this.#picking = undefined;
      }
    });
  }

  #ownPick(take: Take): Pick {
    const person = me()?.person;
    const at = new Date().toISOString();
    return { take_id: take.id, number: take.number, by: person?.id ?? '', by_name: person?.name ?? '', at, draws: 0 };
  }

  async #putPick(shot: string, take: string | undefined, replaces: string | undefined): Promise<void> {
    const body = { take_id: take, replaces };
    this.#showShot(await post('/shots/{shot}/pick', { path: { shot }, body }));
  }

  #showShot(shot: Shot): void {
    const now = this.page.data;
    if (now?.shot.id === shot.id && shot.id === this.shotId()) this.page.set({ ...now, shot });
  }

  // Who lost the race must see who won before anything is replaced.
  #late(cause: unknown, take: Take): void {
    const error = asError(cause);
    if (error.status !== 409 || !error.code.startsWith('pick.')) toastError(error);
    else {
      this.conflict = { sentence: error.detail, take };
      this.say(error.detail);
    }
    void this.page.reload();
    void this.takes.reload();
  }

  /** lock locks a picked shot or unlocks it. */
  async lock(): Promise<void> {
    const shot = this.shot?.shot;
    if (!shot) return;
    const [from, to] = shot.state === 'locked' ? (['locked', 'picked'] as const) : (['picked', 'locked'] as const);
    try {
      this.#showShot(await this.#move(shot.id, to));
      const text = to === 'locked' ? t('review.locked') : t('review.unlocked');
      did(`${shot.label} ${text}`, async () => this.#showShot(await this.#move(shot.id, from)));
      this.say(text);
    } catch (cause) {
      toastError(cause);
      void this.page.reload();
    }
  }

  #move(shot: string, to: Shot['state'], reason?: string): Promise<Shot> {
    return post('/shots/{shot}/state', { path: { shot }, body: { to, reason } });
  }

  /** sendBack sends the shot back to its operators; that ends its pick. Taking it back picks again. */
  async sendBack(reason: string): Promise<boolean> {
    const shot = this.shot?.shot;
    const pick = this.pick;
    if (!shot) return false;
    try {
      this.#showShot(await this.#move(shot.id, 'rework', reason));
      const text = t('review.sentBack');
      did(`${shot.label} ${text}`, async () => {
        if (pick) await this.#putPick(shot.id, pick.take_id, undefined);
        if (shot.state === 'locked') this.#showShot(await this.#move(shot.id, 'locked'));
      });
      this.say(text);
      return true;
    } catch (cause) {
      toastError(cause);
      void this.page.reload();
      return false;
    }
  }
}
