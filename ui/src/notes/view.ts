/** What every note of a panel needs to know of the page around it. */
import type { MemberRow, Note } from './link';
import type { NameOf } from './names';
import type { Notes } from './notes.svelte';

export interface NoteView {
  notes: Notes;
  titleId: string;
  people: MemberRow[];
  nameOf: NameOf;
  blind: boolean;
  /** first is the number of a clip's first frame. */
  first: number;
  /** may tells whether this person writes notes here. */
  may: boolean;
  mayChange: (note: Note) => boolean;
  /** chosen is the id of the note that the address names. */
  chosen: string;
  /** frame is the index of the frame on the screen, of the take on the screen. */
  take: string;
  frame: number | undefined;
  jump: (note: Note) => void;
  copy: (address: string) => void;
}
