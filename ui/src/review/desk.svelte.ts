/**
 * What the review room knows of the shot on the screen: its takes with the marks on their way, its pick.
 * Marks show at once and go to the server one after another, so that the last key wins. New takes wait until they are asked for.
 */
import { untrack } from 'svelte';
import { get, post, randomKey, type Schema } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { asError } from '../lib/problem';
import { resource } from '../lib/resource.svelte';
import { me } from '../lib/session.svelte';
import { closeToast, toast, toastError } from '../lib/toasts.svelte';
import { actWords } from './acts';
import { Ahead } from './ahead';
import { changes, labelOf, merged, withPending, type Mark, type Pending } from './marks';
import type { Take } from './names';

type Pick = Schema<'Pick'>;
type Shot = Schema<'Shot'>;
type ActOut = Schema<'ActOut'>;

/** Conflict is a pick that came too late: the server's sentence and the take that was wanted. */
export interface Conflict {
  sentence: string;
  take: Take;
}

const blindKept = 'chouka.review-blind';
const again = 2000;
const confirmAfter = 500;

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
  /** unsent is how many marks wait for the connection. */
  unsent = $state(0);
  /** blind hides who drew a take, with what, for how much and under which name. */
  blind = $state(localStorage.getItem(blindKept) === '1');
  #chain: Promise<unknown> = Promise.resolve();
  #next = 1;
  #toast = 0;
  /** actedAt is when this person last marked or picked something here (milliseconds since 1970). */
  actedAt = 0;
  #ahead = new Ahead();

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
    async (signal) => {
      const shot = this.shotId();
      if (!shot) return undefined;
      const peek = await this.#ahead.of(shot, this.blind);
      return peek?.page ?? get('/shots/{shot}', { path: { shot }, signal });
    },
    () => ({ shot_id: this.shotId() }),
  );

  readonly takes = resource(
    async (signal) => {
      const shot = this.shotId();
      const query = { blind: this.blind };
      if (!shot) return { shot: '', items: [] };
      const peek = await this.#ahead.of(shot, query.blind);
      if (peek) this.#confirm(shot);
      return {
        shot,
        items: peek?.takes ?? (await get('/shots/{shot}/takes', { path: { shot }, query, signal })).items,
      };
    },
    () => ({ shot_id: this.shotId(), kind: ['take', 'attempt'] }),
  );

  // What was read ahead may have changed before the shot was shown.
  #confirm(shot: string): void {
    setTimeout(() => {
      this.#ahead.forget(shot);
      if (shot !== this.shotId()) return;
      void this.page.reload();
      void this.takes.reload();
    }, confirmAfter);
  }

  /** readAhead reads a shot that one key leads to. */
  readAhead(shot: string): void {
    this.#ahead.read(shot, this.blind);
  }

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

  /** judge sets a mark on takes, at once on the screen. */
  judge(takes: Take[], mark: Mark): void {
    const hit = takes.filter((x) => changes(x, mark));
    if (hit.length === 0) return this.say(labelOf(takes, mark));
    const pending: Pending = { id: this.#next++, takes: new Set(hit.map((x) => x.id)), mark };
    this.#pending = [...this.#pending, pending];
    this.actedAt = Date.now();
    const label = labelOf(hit, mark);
    this.say(label);
    const where = this.shot?.shot.label ?? '';
    void this.#after(async () => {
      try {
        await this.#send({ takes: [...pending.takes], ...mark });
        if (hit.length > 1) this.#offer(`${where} ${label}`);
      } catch (cause) {
        toastError(cause);
        void this.takes.reload();
      } finally {
        this.#pending = this.#pending.filter((p) => p !== pending);
      }
    });
  }

  async #send(body: Schema<'VerdictIn'>): Promise<void> {
    const answer = await this.#patiently((once) => post('/verdicts', { body, once }));
    this.#showTakes(answer.items);
  }

  // A mark that finds no connection waits for it; the same key makes sure that it is booked once.
  async #patiently<T>(run: (once: string) => Promise<T>): Promise<T> {
    const once = randomKey();
    for (let waits = false; ; waits = true) {
      try {
        const answer = await run(once);
        if (waits) this.unsent--;
        return answer;
      } catch (cause) {
        const lost = asError(cause).status === 0;
        if (waits && !lost) this.unsent--;
        if (!lost) throw cause;
        if (!waits) this.unsent++;
        await new Promise((done) => setTimeout(done, again));
      }
    }
  }

  #showTakes(takes: Take[]): void {
    const now = this.takes.data;
    // Setting gives up a read on its way, which must not happen to that of another shot.
    if (now?.shot === this.shotId()) this.takes.set({ ...now, items: merged(now.items, takes) });
  }

  // The way back leads over the server, which keeps the last fifty acts; so only the newest one offers it.
  #offer(text: string): void {
    closeToast(this.#toast);
    this.#toast = toast(text, { tone: 'good', undo: () => void this.undo() });
  }

  /** undo takes this person's newest act on the title back, and redo does it again. They answer with the shot it was on. */
  undo(): Promise<string> {
    return this.#turnBack('/undo');
  }
  redo(): Promise<string> {
    return this.#turnBack('/redo');
  }

  #turnBack(way: '/undo' | '/redo'): Promise<string> {
    closeToast(this.#toast);
    return this.#after(async () => {
      try {
        const body = { title_id: this.title() };
        const out = await this.#patiently((once) => post(way, { body, once }));
        this.#showAct(out);
        this.say(turned(out, way));
        if (out.skipped > 0 && out.takes.length > 0) toast(t('review.undoSkipped', { n: out.skipped }));
        return out.act.shot_id;
      } catch (cause) {
        const error = asError(cause);
        if (error.status === 409) this.say(error.detail);
        else toastError(error);
        return '';
      }
    });
  }

  #showAct(out: ActOut): void {
    if (out.act.shot_id !== this.shotId()) return;
    this.#showTakes(out.takes);
    if (out.shot) this.#showShot(out.shot);
  }

  /** toggleBlind reads the takes anew, without what it hides. */
  toggleBlind(): void {
    this.blind = !this.blind;
    localStorage.setItem(blindKept, this.blind ? '1' : '0');
    this.say(this.blind ? t('review.blindOn') : t('review.blindOff'));
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
    this.actedAt = Date.now();
    this.#picking = { shot, pick: away ? undefined : this.#ownPick(take) };
    return this.#after(async () => {
      const replaces = before?.take_id;
      try {
        await this.#putPick(shot, away ? undefined : take.id, replaces);
        this.say(away ? t('review.unpicked', { n: take.number }) : t('review.picked', { n: take.number }));
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
    return {
      take_id: take.id,
      number: take.number,
      by: person?.id ?? '',
      by_name: person?.name ?? '',
      at,
      draws: this.shot?.attempts ?? 0,
    };
  }

  async #putPick(shot: string, take: string | undefined, replaces: string | undefined): Promise<void> {
    const body = { take_id: take, replaces };
    this.#showShot(await this.#patiently((once) => post('/shots/{shot}/pick', { path: { shot }, body, once })));
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
    const to = shot.state === 'locked' ? 'picked' : 'locked';
    await this.#move(shot, to, to === 'locked' ? t('review.locked') : t('review.unlocked'));
  }

  /** sendBack sends the shot back to its operators; that ends its pick. Taking it back picks again. */
  async sendBack(reason: string): Promise<boolean> {
    const shot = this.shot?.shot;
    return !!shot && this.#move(shot, 'rework', t('review.sentBack'), reason);
  }

  async #move(shot: Shot, to: Shot['state'], text: string, reason?: string): Promise<boolean> {
    try {
      this.#showShot(await post('/shots/{shot}/state', { path: { shot: shot.id }, body: { to, reason } }));
      this.actedAt = Date.now();
      this.#offer(`${shot.label} ${text}`);
      this.say(text);
      return true;
    } catch (cause) {
      toastError(cause);
      void this.page.reload();
      return false;
    }
  }
}

// An act whose traces somebody else has covered since cannot be taken back any more.
function turned(out: ActOut, way: '/undo' | '/redo'): string {
  const what = actWords(out.act);
  if (out.takes.length === 0 && !out.shot) return t('review.undoCovered', { what, name: out.changed?.by_name ?? '' });
  return t(way === '/undo' ? 'review.undone' : 'review.redone', { what });
}
