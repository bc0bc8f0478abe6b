/** Where the rail, the g-keys and the palette lead. */
import Activity from '@lucide/svelte/icons/activity';
import Clapperboard from '@lucide/svelte/icons/clapperboard';
import GalleryThumbnails from '@lucide/svelte/icons/gallery-thumbnails';
import ListVideo from '@lucide/svelte/icons/list-video';
import MapPin from '@lucide/svelte/icons/map-pin';
import Settings from '@lucide/svelte/icons/settings';
import Sun from '@lucide/svelte/icons/sun';
import TrendingUp from '@lucide/svelte/icons/trending-up';
import Users from '@lucide/svelte/icons/users';
import WandSparkles from '@lucide/svelte/icons/wand-sparkles';
import type { LucideIcon } from '@lucide/svelte';
import type { Key } from '../lib/i18n.svelte';
import { at } from '../lib/router.svelte';
import type { ShellKey } from './keymap';

export interface Place {
  key: Key;
  icon: LucideIcon;
  href: () => string;
  /** here tells whether a path belongs to this place. */
  here: (path: string) => boolean;
  /** keys is the id of the act that goes there. */
  keys?: ShellKey;
  /** low stands at the foot of the rail; phone stands in the bar of a phone. */
  low?: boolean;
  phone?: boolean;
}

const lastTitle = 'chouka.last-title';
const inTitle = /^\/titles\/([^/]+)/;

/** titleNow is the id of the title of this page, or of the last one that was open, or ''. */
export function titleNow(): string {
  const hit = inTitle.exec(at());
  if (hit?.[1]) localStorage.setItem(lastTitle, hit[1]);
  return hit?.[1] ?? localStorage.getItem(lastTitle) ?? '';
}

/** forTitle is a page of the title that one works on, or the list of titles where none was opened yet. */
function forTitle(tail: string): string {
  const id = titleNow();
  return id ? `/titles/${id}/${tail}` : '/titles';
}

const within = (head: string) => (path: string) => path === head || path.startsWith(`${head}/`);
const shots = /^\/titles\/[^/]+\/shots/;
const review = /^\/titles\/[^/]+\/review/;

export const places: Place[] = [
  { key: 'nav.home', icon: Sun, href: () => '/', here: (p) => p === '/', keys: 'shell.home', phone: true },
  {
    key: 'nav.titles',
    icon: Clapperboard,
    href: () => '/titles',
    here: (p) => within('/titles')(p) && !shots.test(p) && !review.test(p),
    keys: 'shell.titles',
    phone: true,
  },
  { key: 'nav.shots', icon: ListVideo, href: () => forTitle('shots'), here: (p) => shots.test(p), keys: 'shell.shots' },
  { key: 'nav.draw', icon: WandSparkles, href: () => '/draw', here: within('/draw'), keys: 'shell.draw', phone: true },
  {
    key: 'nav.review',
    icon: GalleryThumbnails,
    href: () => forTitle('review'),
    here: (p) => review.test(p),
    keys: 'shell.review',
  },
  {
    key: 'nav.locations',
    icon: MapPin,
    href: () => '/locations',
    here: within('/locations'),
    keys: 'shell.locations',
    phone: true,
  },
  {
    key: 'nav.releases',
    icon: TrendingUp,
    href: () => '/releases',
    here: (p) => within('/releases')(p) || within('/imports')(p),
    keys: 'shell.releases',
    phone: true,
  },
  {
    key: 'nav.activity',
    icon: Activity,
    href: () => '/activity',
    here: within('/activity'),
    keys: 'shell.activity',
    low: true,
  },
  { key: 'nav.people', icon: Users, href: () => '/people', here: within('/people'), low: true },
  { key: 'nav.settings', icon: Settings, href: () => '/settings', here: within('/settings'), low: true },
];
