/** The breakdown by scene: which scenes are shown, and what each needs, in the order of the chips. */
import { byUse, kinds, type Element, type SceneNeeds } from './elements';

/** chipsOf is what a scene needs: characters, props, places; within a kind the most used first. */
export function chipsOf(elements: Element[]): Element[] {
  return [...elements].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || byUse(a, b));
}

/** needing keeps the scenes that need an element, or all for ''. */
export function needing(rows: SceneNeeds[], element: string): SceneNeeds[] {
  return element ? rows.filter((r) => r.elements.some((e) => e.id === element)) : rows;
}

/** replaced is the rows with one scene as it now is. */
export function replaced(rows: SceneNeeds[], next: SceneNeeds): SceneNeeds[] {
  return rows.map((r) => (r.scene.id === next.scene.id ? next : r));
}

/** bare counts the scenes that need nothing yet. */
export function bare(rows: SceneNeeds[]): number {
  return rows.filter((r) => r.elements.length === 0).length;
}
