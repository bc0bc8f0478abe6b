/** What the pages of reference sheets work out by themselves: editions, addresses of pictures, the form, what is outdated. */
import type { ElementKind } from '../breakdown/elements';
import { address, type Schema } from '../lib/client';
import type { Job } from '../lib/upload';

export type Reference = Schema<'Reference'>;
export type ReferenceIn = Schema<'ReferenceIn'>;
export type RefPicture = Schema<'RefPicture'>;
export type RefKind = Reference['kind'];
export type SheetUse = Schema<'SheetUse'>;
export type UsedSheet = Schema<'UsedSheet'>;

/** kinds of sheet in the order of the wall. */
export const kinds: RefKind[] = ['character', 'costume', 'prop', 'place'];

/** pictureTypes is what a sheet takes. */
export const pictureTypes = 'image/jpeg,image/png,image/webp,image/gif';

const elementKinds: Record<RefKind, ElementKind> = {
  character: 'character',
  costume: 'character',
  prop: 'prop',
  place: 'place',
};

/** shows is the kind of element that a kind of sheet shows; a costume is somebody's. */
export const shows = (kind: RefKind): ElementKind => elementKinds[kind];

/** currentOf is the pictures of the current edition. */
export function currentOf(sheet: Reference): RefPicture[] {
  return sheet.pictures.filter((p) => p.edition === sheet.edition);
}

/** Edition is one that was replaced. */
export interface Edition {
  edition: number;
  pictures: RefPicture[];
}

/** olderOf lists the editions before the current one, newest first. */
export function olderOf(sheet: Reference): Edition[] {
  const found = new Map<number, RefPicture[]>();
  for (const p of sheet.pictures) {
    if (p.edition < sheet.edition) found.set(p.edition, [...(found.get(p.edition) ?? []), p]);
  }
  return [...found].map(([edition, pictures]) => ({ edition, pictures })).sort((a, b) => b.edition - a.edition);
}

/** pictureOf is the address of a picture in a size, or '' while that size is not made; the original always is there. */
export function pictureOf(sheet: string, picture: RefPicture, size: 'thumb' | 'preview' | 'original'): string {
  if (size !== 'original' && picture.media.derived !== 'ready') return '';
  return `/api/v1/references/${sheet}/pictures/${picture.id}/${size}`;
}

/** onWall groups sheets by kind, those of an element where one is given; archived ones only on request. */
export function onWall(all: Reference[], element: string, archived: boolean): { kind: RefKind; sheets: Reference[] }[] {
  const shown = all.filter((r) => (archived || !r.archived) && (!element || r.element_id === element));
  return kinds
    .map((kind) => ({ kind, sheets: shown.filter((r) => r.kind === kind) }))
    .filter((group) => group.sheets.length > 0);
}

/** Draft is a sheet as its form holds it. */
export interface Draft {
  kind: string;
  name: string;
  element: string;
  prompt: string;
  note: string;
}

/** draftOf fills the form with a sheet, or with nothing for a new one. */
export function draftOf(sheet?: Reference): Draft {
  return {
    kind: sheet?.kind ?? 'character',
    name: sheet?.name ?? '',
    element: sheet?.element_id ?? '',
    prompt: sheet?.prompt ?? '',
    note: sheet?.note ?? '',
  };
}

/** bodyOf is what the form sends: all that is filled in for a new sheet, only what differs for a present one. */
export function bodyOf(draft: Draft, was?: Reference): ReferenceIn {
  const before = draftOf(was);
  const out: ReferenceIn = {};
  if (!was || draft.kind !== before.kind) out.kind = draft.kind as RefKind;
  if (draft.element !== before.element) out.element_id = draft.element;
  for (const field of ['name', 'prompt', 'note'] as const) {
    const text = draft[field].trim();
    if (was ? text !== before[field] : text || field === 'name') out[field] = text;
  }
  return out;
}

/** backOf is the change that takes a change back. */
export function backOf(body: ReferenceIn, was: Reference): ReferenceIn {
  const old: ReferenceIn = { ...was, element_id: was.element_id ?? '' };
  return Object.fromEntries(Object.keys(body).map((f) => [f, old[f as keyof ReferenceIn]])) as ReferenceIn;
}

type Ends = Pick<Job, 'onDone' | 'onFailed'>;

/**
 * jobsOf sends pictures to a sheet. To replace, the first one begins the new edition and the others wait for it, so that
 * all of them stand in one.
 */
export function jobsOf(sheet: Reference, files: File[], replace: boolean, ends: Ends): Job[] {
  const jobs: Job[] = [];
  for (const [i, file] of files.entries()) {
    const first = replace && i === 0;
    jobs.push({
      file,
      where: sheet.name,
      url: address(
        '/references/{reference}/pictures',
        { reference: sheet.id },
        { name: file.name, replace: first || '' },
      ),
      after: replace && i > 0 ? jobs[0] : undefined,
      ...ends,
    });
  }
  return jobs;
}

/** outdated tells whether an attempt was drawn from an edition that was replaced since; a sheet that is not known is not. */
export function outdated(used: UsedSheet, sheet: Reference | undefined): boolean {
  return !!sheet && used.edition < sheet.edition;
}

/** picksOf keeps the picked takes of replaced editions. */
export function picksOf(uses: SheetUse[]): SheetUse[] {
  return uses.filter((u) => u.picked && u.outdated);
}
