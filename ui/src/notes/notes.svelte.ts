/** The notes of the shot on the screen, kept fresh by events, and what one does with them. Every act has its way back. */
import { del, get, patch, post } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { resource } from '../lib/resource.svelte';
import { toastError } from '../lib/toasts.svelte';
import { did } from '../lib/undo.svelte';
import { ofTake, type Draft } from './draft.svelte';
import { covers, type Note, type Stroke } from './link';
import type { Sketch } from './sketch.svelte';
import { drawnAt, markersOf, openCounts, threadsOf, type Marker } from './threads';

/** Edit is a change of a note: a new text with its mentions, and the drawing where that changed. */
export interface Edit {
  text: string;
  mentions: { person_id: string; start: number }[];
  drawing?: Stroke[];
}

/** Notes is made once by the page, while it is being set up. */
export class Notes {
  readonly shot: () => string;
  #ticks = $state.raw<ReadonlyMap<string, { done: boolean }>>(new Map());
  #chain: Promise<unknown> = Promise.resolve();

  constructor(shot: () => string) {
    this.shot = shot;
  }

  readonly list = resource(
    async (signal) => {
      const shot = this.shot();
      return { shot, items: shot ? (await get('/shots/{shot}/notes', { path: { shot }, signal })).items : [] };
    },
    () => ({ shot_id: this.shot(), kind: 'note' }),
  );

  /** all is the notes of the shot with the ticks that are on their way, undefined until they are read. */
  readonly all = $derived.by(() => {
    const data = this.list.data;
    if (data?.shot !== this.shot()) return undefined;
    return data.items.map((n) => {
      const done = this.#ticks.get(n.id)?.done;
      return done === undefined || done === !!n.done ? n : { ...n, done: done ? new Date().toISOString() : undefined };
    });
  });

  readonly threads = $derived.by(() => threadsOf(this.all ?? []));
  /** open is how many notes of each take are not done. */
  readonly open = $derived.by(() => openCounts(this.threads));
  /** count is how many notes of the shot are not done. */
  readonly count = $derived.by(() => [...this.open.values()].reduce((sum, n) => sum + n, 0));

  /** markers are the notes of a take that stand on its time line. */
  markers(take: string): Marker[] {
    return markersOf(this.threads, take);
  }

  /**
   * drawn is what stands on the picture of a take at a frame (undefined for stills): the drawings of notes, and that of the
   * draft at the place it was made for. While one draws, the layer shows the sketch itself.
   */
  drawn(take: string, frame: number | undefined, chosen: string, sketch: Sketch): Stroke[] {
    const notes = drawnAt(this.threads, take, frame, chosen);
    const { span } = sketch;
    const here = span.frame === undefined ? frame === undefined : covers(span, frame);
    return !sketch.on && here && sketch.of === ofTake(take) ? [...notes, ...sketch.strokes] : notes;
  }

  /** find is a note of the shot by its id, an answer too. */
  find(id: string): Note | undefined {
    return this.all?.find((n) => n.id === id && !n.deleted);
  }

  #show(note: Note): void {
    const now = this.list.data;
    // Setting gives up a read on its way, which must not happen to that of another shot.
    if (now?.shot !== note.shot_id || note.shot_id !== this.shot()) return;
    const rest = now.items.filter((n) => n.id !== note.id);
    this.list.set({ ...now, items: [...rest, note] });
  }

  #rev(note: Note): number {
    return this.list.data?.items.find((n) => n.id === note.id)?.rev ?? note.rev;
  }

  /** add sends a draft as a note on a take; what the server refuses is thrown, and the draft stays as it is. */
  async add(take: string, draft: Draft): Promise<Note> {
    return this.#made(take, draft, undefined);
  }

  /** answer sends a draft as an answer to a note. */
  async answer(to: Note, draft: Draft): Promise<Note> {
    return this.#made(to.take_id, draft, to.id);
  }

  async #made(take: string, draft: Draft, parent: string | undefined): Promise<Note> {
    const body = { ...draft.noteIn(), ...(parent && { parent }) };
    const note = await post('/takes/{take}/notes', { path: { take }, body, once: draft.once });
    draft.clear();
    this.#show(note);
    did(parent ? t('notes.did.answered') : t('notes.did.added'), () => this.#take(note));
    return note;
  }

  /** edit changes a note. */
  async edit(note: Note, change: Edit): Promise<void> {
    this.#show(await this.#patch(note, change));
    const { text, drawing } = note;
    const mentions = note.mentions.map(({ person_id, start }) => ({ person_id, start }));
    const back = { text, mentions, ...(change.drawing && { drawing }) };
    did(t('notes.did.edited'), async () => this.#show(await this.#patch(note, back)));
  }

  #patch(note: Note, body: Edit): Promise<Note> {
    return patch('/notes/{note}', { path: { note: note.id }, rev: this.#rev(note), body });
  }

  /** setDone ticks a note off, or opens it again; it shows at once. */
  async setDone(note: Note, done: boolean): Promise<void> {
    try {
      await this.#tick(note, done);
      did(done ? t('notes.did.done') : t('notes.did.opened'), () => this.#tick(note, !done));
    } catch (cause) {
      toastError(cause);
      void this.list.reload();
    }
  }

  // Ticks go to the server one after another, so that the last one stands.
  #tick(note: Note, done: boolean): Promise<void> {
    const tick = { done };
    this.#ticks = new Map([...this.#ticks, [note.id, tick]]);
    const turn = this.#chain.then(async () => {
      try {
        this.#show(await post('/notes/{note}/done', { path: { note: note.id }, body: { done } }));
      } finally {
        this.#ticks = new Map([...this.#ticks].filter(([, waiting]) => waiting !== tick));
      }
    });
    this.#chain = turn.catch(() => undefined);
    return turn;
  }

  /** remove takes a note away with its answers. */
  async remove(note: Note): Promise<void> {
    try {
      await this.#take(note);
      did(t('notes.did.removed'), () => this.restore(note.id));
    } catch (cause) {
      toastError(cause);
      void this.list.reload();
    }
  }

  async #take(note: Note): Promise<void> {
    this.#show(await del('/notes/{note}', { path: { note: note.id }, rev: this.#rev(note) }));
  }

  /** restore brings a note back that was taken away, and its answers. */
  async restore(id: string): Promise<void> {
    this.#show(await post('/notes/{note}/restore', { path: { note: id } }));
    await this.list.reload();
  }
}
