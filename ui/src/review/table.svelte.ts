/** The light table: which takes lie on it and how. The stage says which of them keys hit; the desk what is known of them. */
import { Deck } from '../player/deck.svelte';
import { Zoom } from '../player/zoom.svelte';
import { begin, onward, step, swap, win, type Duel, type Fighter } from './duel';
import { choose, mostPanes } from './survey';

export const views = ['grid', 'loupe', 'compare', 'survey'] as const;
export type View = (typeof views)[number];

/** Layout is how two takes lie in a duel: side by side, one over the other, divided by a line, or as what differs. */
export const layouts = ['side', 'over', 'wipe', 'difference'] as const;
export type Layout = (typeof layouts)[number];

/** Onion is which neighbour shot's pick lies over the take. */
export type Onion = '' | 'previous' | 'next';

const noDuel: Duel = { champion: '', challenger: '', side: 'challenger' };
const kept = { layout: 'chouka.review-layout', facts: 'chouka.review-facts' };

function keptLayout(): Layout {
  return layouts.find((l) => l === localStorage.getItem(kept.layout)) ?? 'side';
}

export class Table {
  readonly deck = new Deck();
  /** ghost is the deck of the onion skin alone, which stands still at the cut. */
  readonly ghost = new Deck();
  readonly zoom = new Zoom();
  duel = $state.raw<Duel>(noDuel);
  panes = $state.raw<string[]>([]);
  columns = $state(1);
  layout = $state<Layout>(keptLayout());
  /** line is where the wipe divides, in percent of the width. */
  line = $state(50);
  /** held shows the other take in place, for as long as its key is down. */
  held = $state(false);
  onion = $state<Onion>('');
  /** bare hides everything but the pictures. */
  bare = $state(false);
  /** wanted is the frame that a link asks for, until its clip is there. */
  wanted = $state.raw<{ take: string; frame: number } | undefined>();
  /** facts shows the table of differences under a duel. */
  facts = $state(localStorage.getItem(kept.facts) !== '0');

  /** clear forgets what was laid out for the shot before. */
  clear(): void {
    this.duel = noDuel;
    this.panes = [];
    this.onion = '';
    this.held = false;
    this.wanted = undefined;
    this.deck.stop();
    this.deck.reset();
  }

  /** duelOf sets two takes up against each other; `champion` is the one that the address asks for. */
  duelOf(takes: Fighter[], current: string, pick: string, champion = ''): void {
    const known = takes.some((f) => f.id === champion) && champion !== current;
    this.duel = known ? { champion, challenger: current, side: 'challenger' } : begin(takes, current, pick);
  }

  duelStep(order: string[], by: 1 | -1): void {
    this.duel = step(this.duel, order, by);
  }

  duelOnward(takes: Fighter[]): void {
    this.duel = onward(this.duel, takes);
  }

  duelWin(takes: Fighter[]): void {
    this.duel = win(this.duel, takes);
  }

  duelSwap(): void {
    this.duel = swap(this.duel);
  }

  /** face chooses the side that keys hit. */
  face(side: Duel['side']): void {
    if (side === 'champion' || this.duel.challenger) this.duel = { ...this.duel, side };
  }

  /** lay puts two to nine takes out. */
  lay(order: string[], chosen: ReadonlySet<string>, undecided: ReadonlySet<string>, current: string): void {
    this.panes = choose(order, chosen, undecided, current);
  }

  /** layThese puts the takes of an address out. */
  layThese(ids: string[]): void {
    this.panes = ids.slice(0, mostPanes);
  }

  /** take takes a pane away; the last two stay. */
  take(id: string): boolean {
    if (this.panes.length <= 2 || !this.panes.includes(id)) return false;
    this.panes = this.panes.filter((p) => p !== id);
    return true;
  }

  /** nextLayout goes through the ways in which two takes lie, but for the difference, which has a key of its own. */
  nextLayout(): void {
    const order: Layout[] = ['side', 'over', 'wipe'];
    this.#lay(order[(order.indexOf(this.layout) + 1) % order.length] ?? 'side');
  }

  toggleDifference(): void {
    this.#lay(this.layout === 'difference' ? 'side' : 'difference');
  }

  #lay(layout: Layout): void {
    this.layout = layout;
    localStorage.setItem(kept.layout, layout);
  }

  toggleFacts(): void {
    this.facts = !this.facts;
    localStorage.setItem(kept.facts, this.facts ? '1' : '0');
  }

  /** nextOnion goes through the neighbours that have a pick, and none. */
  nextOnion(has: { previous: boolean; next: boolean }): void {
    const order = (['', 'previous', 'next'] as const).filter((o) => o === '' || has[o]);
    this.onion = order[(order.indexOf(this.onion) + 1) % order.length] ?? '';
  }
}
