/** The cursor, the selection and the views of the review room, and what each key does with them. */
import { go, query, setQuery } from '../lib/router.svelte';
import { t } from '../lib/i18n.svelte';
import { withKey } from '../lib/keys.svelte';
import { can } from '../lib/session.svelte';
import { lastActAt, undoLast } from '../lib/undo.svelte';
import { isFilm } from '../player/media';
import type { Desk } from './desk.svelte';
import { active, type Fighter } from './duel';
import type { Mark, Reason } from './marks';
import type { Take } from './names';
import type { Queue } from './queue.svelte';
import { everything, none, ranged, targets, toggled, type Selection } from './select';
import { neighbour } from './survey';
import { Table, views, type View } from './table.svelte';
import { rowStep, stepTo } from './walk';

const kept = { advance: 'chouka.review-stay', panel: 'chouka.review-panel', size: 'chouka.review-size' };
const sizes = 5;

/** Stage is made once by the page, after the desk and the queue. */
export class Stage {
  readonly desk: Desk;
  readonly queue: Queue;
  readonly table = new Table();
  columns = $state(1);
  /** live plays the clip under the cursor in its cell. */
  live = $state(false);
  rejecting = $state(false);
  sendingBack = $state(false);
  advance = $state(localStorage.getItem(kept.advance) !== '1');
  panel = $state(localStorage.getItem(kept.panel) !== '0');
  size = $state(Math.min(sizes - 1, Number(localStorage.getItem(kept.size) ?? 1) || 0));
  #current = $state('');
  #selection = $state.raw<Selection>(none());
  /** stays is for the one mark that was asked to keep the cursor where it is. */
  #stays = false;

  constructor(desk: Desk, queue: Queue) {
    this.desk = desk;
    this.queue = queue;
  }

  readonly view = $derived.by((): View => views.find((v) => v === query('view')) ?? 'grid');
  readonly order = $derived.by(() => this.desk.rows?.map((r) => r.take.id) ?? []);
  readonly pointed = $derived.by(() => (this.view === 'compare' ? active(this.table.duel) : this.#current));
  readonly index = $derived.by(() => Math.max(0, this.order.indexOf(this.pointed)));
  readonly row = $derived.by(() => this.desk.rows?.[this.index]);
  readonly current = $derived.by(() => this.row?.take.id ?? '');
  readonly film = $derived.by(() => !!this.row && isFilm(this.row.take));
  readonly chosen = $derived.by(() => this.#selection.ids);
  readonly targets = $derived.by(() => targets(this.#selection, this.order, this.current, this.view !== 'grid'));
  readonly mayRate = $derived.by(() => can('take.rate', this.desk.title()));
  readonly mayLog = $derived.by(() => can('attempt.log', this.desk.title()));
  readonly mayPick = $derived.by(() => can('take.pick', this.desk.title()));
  readonly mayNote = $derived.by(() => can('note.write', this.desk.title()));

  /** deskUrl is the draw desk with the request of the take under the cursor in its form. */
  deskUrl(): string {
    const take = this.row?.take;
    return take ? `/draw?shot=${take.shot_id}&attempt=${take.attempt_id}&reuse=1` : '/draw';
  }

  #fighters(): Fighter[] {
    return (this.desk.rows ?? []).map(({ take }) => ({
      id: take.id,
      rejected: take.verdict === 'rejected',
      shortlisted: take.verdict === 'shortlisted',
      stars: take.stars,
    }));
  }

  /** enter puts the cursor where a shot is taken up: the take of the address, else the first that nobody has seen. */
  enter(): void {
    const rows = this.desk.rows ?? [];
    const asked = rows.find((r) => r.take.id === query('take'));
    const start = asked ?? rows.find((r) => r.take.verdict === 'unseen') ?? rows[0];
    this.#current = start?.take.id ?? '';
    this.#selection = none(this.#current);
    this.rejecting = false;
    this.table.clear();
    this.#lay(query('a'), query('panes'));
    const frame = query('f');
    if (asked && frame !== '') this.goToFrame(asked.take.id, Number(frame) || 0);
  }

  // What the view shows of this shot, as the address says or as fits.
  #lay(champion = '', panes = ''): void {
    if (this.view === 'compare')
      this.table.duelOf(this.#fighters(), this.#current, this.desk.pick?.take_id ?? '', champion);
    if (this.view !== 'survey') return;
    const numbers = new Set(panes.split('.').map(Number));
    const asked = (this.desk.rows ?? []).filter((r) => numbers.has(r.take.number)).map((r) => r.take.id);
    if (asked.length >= 2) this.table.layThese(asked);
    else this.table.lay(this.order, this.chosen, this.#undecided(), this.#current);
    if (!this.table.panes.includes(this.#current)) this.#current = this.table.panes[0] ?? '';
  }

  #undecided(): Set<string> {
    return new Set(this.desk.rows?.filter((r) => r.take.verdict === 'unseen').map((r) => r.take.id));
  }

  /** goTo moves the cursor to an index and leaves the selection alone. */
  goTo(index: number): void {
    this.find(this.order[index] ?? '');
  }

  /** find moves the cursor to a take, and leaves a view in which it does not lie. */
  find(take: string): void {
    if (!this.order.includes(take)) return;
    this.#current = take;
    const { duel, panes } = this.table;
    if (this.view === 'compare') {
      if (take === duel.champion) this.table.face('champion');
      else this.table.duel = { ...duel, challenger: take, side: 'challenger' };
    } else if (this.view === 'survey' && !panes.includes(take)) this.show('loupe');
  }

  /** goToFrame shows a take at one of its frames, as a link to a note asks. */
  goToFrame(take: string, frame: number): void {
    this.find(take);
    if (this.view === 'grid') this.show('loupe');
    this.table.wanted = { take, frame };
  }

  /** step moves by takes, or by rows where `rows` says so; `far` widens the selection. */
  step(by: 1 | -1, rows = false, far = false): void {
    const before = this.current;
    const count = this.order.length;
    if (count === 0) return;
    const { table } = this;
    if (this.view === 'compare') return table.duelStep(this.order, by);
    if (this.view === 'survey') {
      const shape = { columns: table.columns, rows: 0 };
      const to = neighbour(table.panes.indexOf(this.#current), by, rows, shape, table.panes.length);
      this.#current = table.panes[to] ?? this.#current;
      return;
    }
    const grid = this.view === 'grid';
    this.#current =
      this.order[rows && grid ? rowStep(this.index, by, this.columns, count) : stepTo(this.index, by, count)]!;
    this.#selection = far ? ranged(this.#selection, this.order, before, this.current) : none(this.current);
  }

  /** click chooses with the pointer, before the grid moves the cursor there. */
  click(id: string, e: MouseEvent): void {
    if (e.shiftKey) this.#selection = ranged(this.#selection, this.order, this.current, id);
    else if (e.ctrlKey || e.metaKey) this.#selection = toggled(this.#selection, id, this.current);
    else this.#selection = none(id);
  }

  /** toggle adds the take under the cursor to the selection, or takes it out. */
  toggle(): void {
    this.#selection = toggled(this.#selection, this.current, '');
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

  /** mark sets a mark on the targets; a verdict on a single take goes on to the next one, unless it is to stay. */
  mark(mark: Mark, stay = false): void {
    const takes = this.#targetTakes();
    if (takes.length === 0) return;
    this.desk.judge(takes, mark);
    if (this.advance && !stay && mark.verdict !== undefined && takes.length === 1) this.#onward();
  }

  /** label gives a colour to the targets, or takes it away where all have it. */
  label(colour: number): void {
    const all = this.#targetTakes().every((take) => take.colour === colour);
    this.mark({ colour: all ? 0 : colour });
  }

  /**
   * turnBack takes the newest act back, or does it again, and goes to the shot it was on. Notes are acts too, which this tab
   * keeps: whichever is newer goes first.
   */
  async turnBack(way: 'undo' | 'redo'): Promise<void> {
    if (way === 'undo' && lastActAt() > this.desk.actedAt && (await undoLast())) return;
    const shot = await this.desk[way]();
    if (shot && shot !== this.desk.shotId()) this.open(shot);
  }

  #onward(): void {
    const { table } = this;
    if (this.view === 'compare') {
      if (table.duel.side === 'challenger') table.duelOnward(this.#fighters());
      return;
    }
    const order = this.view === 'survey' ? table.panes : this.order;
    const at = order.indexOf(this.current);
    if (at === order.length - 1) return this.desk.say(`${this.desk.said}${t('review.lastTake')}`);
    this.#current = order[at + 1] ?? this.#current;
    if (this.view !== 'survey') this.#selection = none(this.#current);
  }

  /** askReason opens the small table of reasons, unless the pick itself is among the targets. */
  askReason(stay = false): void {
    const pick = this.desk.pick?.take_id;
    if (this.targets.length === 0) return;
    this.#stays = stay;
    if (pick && this.targets.includes(pick)) this.desk.say(withKey(t('review.pickFirst'), 'review.pick'));
    else this.rejecting = true;
  }

  reject(reason: Reason, text: string): void {
    this.rejecting = false;
    this.mark({ verdict: 'rejected', reason, reason_text: text || undefined }, this.#stays);
  }

  /** choose picks the take under the cursor and goes on to the next shot that waits, unless it is to stay. */
  async choose(stay = false): Promise<void> {
    const take = this.row?.take;
    if (!take) return;
    if (take.verdict === 'rejected')
      return this.desk.say(withKey(t('review.rejectedFirst', { n: take.number }), 'review.unseen'));
    const shot = this.desk.shotId();
    const outcome = await this.desk.choose(take);
    if (outcome === 'picked') this.queue.picked(shot);
    else if (outcome === 'unpicked') this.queue.unpicked(shot);
    if (outcome !== 'picked' || stay || !this.advance || this.desk.shotId() !== shot) return;
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
    if (next) this.open(next.shot_id);
  }

  /** open goes to a shot in the same view. */
  open(shot: string): void {
    setQuery({ shot, take: null, a: null, panes: null, f: null, note: null }, true);
  }

  show(view: View): void {
    if (view === this.view || !this.row) return;
    this.#current = this.current;
    setQuery({ view: view === 'grid' ? null : view, a: null, panes: null }, true);
    this.table.clear();
    this.#lay();
  }

  /** back leaves one layer: what hides the rest, the size, the onion skin, the view, the selection. */
  back(): void {
    const { table } = this;
    if (table.bare) table.bare = false;
    else if (table.zoom.scale !== 0) table.zoom.fit();
    else if (table.onion) table.onion = '';
    else if (this.view !== 'grid') this.show('grid');
    else if (this.live) this.live = false;
    else this.clear();
  }

  nextOnion(): void {
    const page = this.desk.shot;
    this.table.nextOnion({ previous: !!page?.previous_pick, next: !!page?.next_pick });
    if (!this.table.onion) this.desk.say(t('review.onion.none'));
  }

  /** playEpisode plays the picks of the episode from this shot on. */
  playEpisode(): void {
    const shot = this.desk.shot?.shot;
    if (shot) void go(`/titles/${shot.title_id}/play?ep=${shot.episode_id}&shot=${shot.id}`);
  }

  /** win makes the challenger the champion. */
  win(): void {
    this.table.duelWin(this.#fighters());
    const champion = this.desk.rows?.find((r) => r.take.id === this.table.duel.champion)?.take;
    if (champion) this.desk.say(t('review.wins', { n: champion.number }));
  }

  /** close takes the pane under the cursor off the survey. */
  close(): void {
    const at = this.table.panes.indexOf(this.current);
    if (this.table.take(this.current))
      this.#current = this.table.panes[Math.min(at, this.table.panes.length - 1)] ?? '';
  }

  /** play starts or stops the clips on the table; in the grid the one under the cursor comes alive. */
  play(): void {
    if (this.view === 'grid' && !this.live) this.live = true;
    else this.table.deck.toggle();
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

  /** address is what of the view belongs into the address, so that every screen is a link. */
  address(): Record<string, string | null> {
    const { duel, panes } = this.table;
    const numbers = this.desk.rows?.filter((r) => panes.includes(r.take.id)).map((r) => r.take.number) ?? [];
    return {
      take: this.current || null,
      a: this.view === 'compare' ? duel.champion : null,
      panes: this.view === 'survey' ? numbers.join('.') : null,
    };
  }
}
