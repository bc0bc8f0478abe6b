/** What the parts of a call sheet share: its content, which cells differ from the version before, and the typing where it may be typed. */
import type { Draft } from './draft.svelte';
import type { CallContent, Marked } from './sheet';

export interface View {
  content: CallContent;
  marked: Marked;
  draft?: Draft;
}
