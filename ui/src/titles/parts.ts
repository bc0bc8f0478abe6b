/** The rooms of one title, in the order of the work: what TitleNav shows and where each leads. */
import type { Key } from '../lib/i18n.svelte';

export type TitlePart =
  | 'overview'
  | 'script'
  | 'breakdown'
  | 'references'
  | 'shots'
  | 'review'
  | 'notes'
  | 'funnel'
  | 'places'
  | 'days'
  | 'releases'
  | 'members';

interface Part {
  id: TitlePart;
  key: Key;
  tail: string;
}

/** titleParts lists the rooms; tail is what follows /titles/:t. */
export const titleParts: Part[] = [
  { id: 'overview', key: 'titles.nav.overview', tail: '' },
  { id: 'script', key: 'titles.nav.script', tail: '/script' },
  { id: 'breakdown', key: 'breakdown.title', tail: '/breakdown' },
  { id: 'references', key: 'references.title', tail: '/references' },
  { id: 'shots', key: 'titles.nav.shots', tail: '/shots' },
  { id: 'review', key: 'titles.nav.review', tail: '/review' },
  { id: 'notes', key: 'notes.title', tail: '/notes' },
  { id: 'funnel', key: 'titles.nav.funnel', tail: '/funnel' },
  { id: 'places', key: 'titles.nav.places', tail: '/places' },
  { id: 'days', key: 'days.title', tail: '/days' },
  { id: 'releases', key: 'titles.nav.releases', tail: '/releases' },
  { id: 'members', key: 'titles.nav.members', tail: '/members' },
];

/** partHref is the address of a room of a title. */
export function partHref(titleId: string, part: TitlePart): string {
  return `/titles/${titleId}${titleParts.find((p) => p.id === part)?.tail ?? ''}`;
}

/** episodeHref is the page of an episode by its number, at a scene where one is given. */
export function episodeHref(titleId: string, episode: number, sceneId?: string): string {
  return `/titles/${titleId}/e/${episode}${sceneId ? `?scene=${sceneId}` : ''}`;
}

/** shotHref is the page of one shot. */
export function shotHref(titleId: string, shotId: string): string {
  return `/titles/${titleId}/shots/${shotId}`;
}

/** funnelHref is the funnel of a title, or of one of its episodes or shots. */
export function funnelHref(titleId: string, scope: { ep?: string; shot?: string } = {}): string {
  const tail = new URLSearchParams(Object.entries(scope).filter(([, id]) => id)).toString();
  return partHref(titleId, 'funnel') + (tail ? `?${tail}` : '');
}

/** playHref plays the picks of an episode, from a shot on where one is given. */
export function playHref(titleId: string, episodeId: string, shotId?: string): string {
  return `/titles/${titleId}/play?ep=${episodeId}${shotId ? `&shot=${shotId}` : ''}`;
}
