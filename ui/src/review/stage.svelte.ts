/** The cursor, the selection and the views of the review room, and what each key does with them. */
import { setQuery, query } from '../lib/router.svelte';
import { t } from '../lib/i18n.svelte';
import { withKey } from '../lib/keys.svelte';
import { can } from '../lib/session.svelte';
import type { Desk } from './desk.svelte';
import type { Mark, Reason } from './marks';
import type { Take } from './names';
import type { Queue } from './queue.svelte';
import { everything, none, ranged, targets, toggled, type Selection } from './select';
import { rowStep, stepTo } from './walk';

const kept = { advance: 'chouka.review-stay', panel: 'chouka.review-panel', size: 'chouka.review-size' };
const sizes = 4;

/** Stage is made once by the page, after the desk and the queue. */
export class Stage {
  readonly desk: Desk;
  readonly queue: Queue;
  columns = $state(1);
  playing = $state(false);
  rejecting = $state(false);
  sendingBack = $state(false);
  zoomed = $state(false);
  advance = $state(localStorage.getItem(kept.advance) !== '1');
  panel = $state(localStorage.getItem(kept.panel) !== '0');
  size = $state(Math.min(sizes - 1, Number(localStorage.getItem(kept.size) ?? 1) || 0));
  #current = $state('');
  #selection = $state.raw<Selection>(none());

  constructor(desk: Desk, queue: Queue) {
    this.desk = desk;
    this.queue = queue;
  }

  readonly order = $derived.by(() => this.desk.rows?.map((r) => r.take.id) ?? []);
  readonly index = $derived.by(() => Math.max(0, this.order.indexOf(this.#current)));
  readonly row = $derived.by(() => this.desk.rows?.[this.index]);
  readonly current = $derived.by(() => this.row?.take.id ?? '');
  readonly loupe = $derived(query('view') === 'loupe');
  readonly chosen = $derived.by(() => this.#selection.ids);
  readonly targets = $derived.by(() => targets(this.#selection, this.order, this.current, this.loupe));
  readonly mayRate = $derived.by(() => can('take.rate', this.desk.title()));
  readonly mayLog = $derived.by(() => can('attempt.log', this.desk.title()));
  readonly mayPick = $derived.by(() => can('take.pick', this.desk.title()));

  /** deskUrl is the draw desk with the request of the take under the cursor in its form. */
  deskUrl(): string {
    const take = this.row?.take;
    return take ? `/draw?shot=${take.shot_id}&attempt=${take.attempt_id}&reuse=1` : '/draw';
  }

  /** enter puts the cursor where a shot is taken up: the take of the address, else the first that nobody has seen. */
  enter(): void {
    const rows = this.desk.rows ?? [];
    const asked = rows.find((r) => r.take.id === query('take'));
    const start = asked ?? rows.find((r) => r.take.verdict === 'unseen') ?? rows[0];
    this.#current = start?.take.id ?? '';
    this.#selection = none(this.#current);
    this.rejecting = false;
  }

  /** goTo moves the cursor to an index and leaves the selection alone. */
  goTo(index: number): void {
    this.#current = this.order[index] ?? '';
  }

  /** find moves the cursor to a take. */
  find(take: string): void {
    if (this.order.includes(take)) this.#current = take;
  }

  /** step moves by takes, or by rows where `rows` says so; `far` widens the selection. */
  step(by: number, rows = false, far = false): void {
    const before = this.current;
    const count = this.order.length;
    if (count === 0) return;
    this.goTo(rows && !this.loupe ? rowStep(this.index, by, this.columns, count) : stepTo(this.index, by, count));
    this.#selection = far ? ranged(this.#selection, this.order, before, this.current) : none(this.current);
  }

  /** click chooses with the pointer, before the grid moves the cursor there. */
  click(id: string, e: MouseEvent): void {
    if (e.shiftKey) this.#selection = ranged(this.#selection, this.order, this.current, id);
    else if (e.ctrlKey || e.metaKey) this.#selection = toggled(this.#selection, id, this.current);
    else this.#selection = none(id);
  }

  all(): void {
    this.#selection = everything(this.order);
  }

  clear(): void {
    this.#selection = none(this.current);
  }

  #targetTakes(): Take[] {
    const hit = new Set(this.targets);
    return (this.desk.rows ?? []).filter((r) => hit.has(r.take.id)).map((r) => r.take);
  }

  /** mark sets a mark on the targets; a verdict on a single take goes on to the next one. */
  mark(mark: Mark): void {
    const takes = this.#targetTakes();
    if (takes.length === 0) return;
    this.desk.judge(takes, mark);
    if (this.advance && mark.verdict !== undefined && takes.length === 1) this.#onward();
  }

  #onward(): void {
    if (this.index === this.order.length - 1) {
      this.desk.say(`${this.desk.said}${t('review.lastTake')}`);
      return;
    }
    this.step(1);
  }

  /** askReason opens the small table of reasons, unless the pick itself is among the targets. */
  askReason(): void {
    const pick = this.desk.pick?.take_id;
    if (this.targets.length === 0) return;
    if (pick && this.targets.includes(pick)) this.desk.say(withKey(t('review.pickFirst'), 'review.pick'));
    else this.rejecting = true;
  }

  reject(reason: Reason, text: string): void {
    this.rejecting = false;
    this.mark({ verdict: 'rejected', reason, reason_text: text || undefined });
  }

  /** choose picks the take under the cursor and goes on to the next shot that waits. */
  async choose(): Promise<void> {
    const take = this.row?.take;
    if (!take) return;
    if (take.verdict === 'rejected')
      return this.desk.say(withKey(t('review.rejectedFirst', { n: take.number }), 'review.unseen'));
    const shot = this.desk.shotId();
    const outcome = await this.desk.choose(take);
    if (outcome === 'picked') this.queue.picked(shot);
    else if (outcome === 'unpicked') this.queue.unpicked(shot);
    if (outcome !== 'picked' || !this.advance || this.desk.shotId() !== shot) return;
    this.hop(1, t('review.picked', { n: take.number }));
  }

  /** hop goes to the next or previous shot that waits; `before` is said first. What arrived is shown where nothing else is left. */
  hop(by: 1 | -1, before = ''): void {
    const here = this.desk.shotId();
    let next = this.queue.next(here, by);
    if (!next && this.queue.fresh > 0) {
      this.queue.reveal();
      next = this.queue.next(here, by);
    }
    const then = next ? t('review.onTo', { label: next.label }) : t('review.queueDone');
    this.desk.say([before, then].filter(Boolean).join(t('review.comma')));
    if (next) setQuery({ shot: next.shot_id, take: null, view: null }, true);
  }

  show(view: 'grid' | 'loupe'): void {
    this.zoomed = false;
    if ((view === 'loupe') !== this.loupe) setQuery({ view: view === 'loupe' ? 'loupe' : null }, view === 'loupe');
  }

  /** back leaves one layer: the size, the loupe, the selection. */
  back(): void {
    if (this.zoomed) this.zoomed = false;
    else if (this.loupe) this.show('grid');
    else this.clear();
  }

  resize(by: number): void {
    this.size = Math.max(0, Math.min(sizes - 1, this.size + by));
    localStorage.setItem(kept.size, String(this.size));
  }

  toggleAdvance(): void {
    this.advance = !this.advance;
    localStorage.setItem(kept.advance, this.advance ? '0' : '1');
    this.desk.say(this.advance ? t('review.advanceOn') : t('review.advanceOff'));
  }

  togglePanel(): void {
    this.panel = !this.panel;
    localStorage.setItem(kept.panel, this.panel ? '1' : '0');
  }
}
