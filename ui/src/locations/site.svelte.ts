/** What this person wrote on site and what became of it, for all pages. It is sent as soon as there is a line. */
import { address, post, randomKey, serverTime } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { me } from '../lib/session.svelte';
import { toast, toastError } from '../lib/toasts.svelte';
import { sendFile } from '../lib/upload';
import { byServer, SiteQueue, type Deliver, type Mend, type SiteItem } from './sitequeue';
import { browserStore } from './sitestore';

const every = 15_000;

let list = $state.raw<SiteItem[]>([]);
let busy = $state(false);
let queue: SiteQueue | undefined;
let owner = '';
let delivered = 0;

/** Written is what a form gives: a note, or a photo with its words. */
export interface Written {
  place: string;
  area: string;
  text: string;
  photo?: File;
}

const deliver: Deliver = async (item) => {
  const path = { location: item.place };
  if (item.photo) {
    const query = { name: item.photo.name, area: item.area, note: item.text };
    const url = address('/locations/{location}/photos', path, query);
    await sendFile({ body: item.photo.bytes, url }, item.id, () => undefined, new AbortController().signal);
  } else {
    const body = { text: item.text, at: item.at, area_id: item.area || undefined };
    await post('/locations/{location}/notes', { path, body, once: item.id });
  }
  delivered++;
};

// A clock that is days wrong is no reason to lose what was written by it.
const mend: Mend = async (item, error) => {
  const server = error.field('at') ? await serverTime() : undefined;
  return server === undefined ? undefined : { ...item, at: byServer(item.at, Date.now(), server) };
};

const ask = (e: BeforeUnloadEvent): void => e.preventDefault();

function show(): void {
  list = queue?.list() ?? [];
  busy = queue?.sending ?? false;
  if (list.some((i) => i.loose)) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}

async function flush(): Promise<void> {
  const waited = list.length > 1 || list.some((i) => Date.now() - Date.parse(i.at) > every);
  delivered = 0;
  try {
    await queue?.flush();
  } catch (cause) {
    toastError(cause);
  }
  if (delivered > 0 && waited) toast(t('places.site.sent', { n: delivered }), { tone: 'good' });
}

const open = (): boolean => list.some((i) => i.fault === undefined);
const now = (): void => void (open() && flush());

/** startSite takes up what waits for the signed-in person and keeps trying; calling it again is harmless. */
export function startSite(): void {
  const person = me()?.person.id ?? '';
  if (!person) return;
  if (person === owner) {
    now(); // signed in again
    return;
  }
  if (!owner) {
    addEventListener('online', now);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && now());
    setInterval(now, every);
  }
  owner = person;
  const mine = new SiteQueue(person, browserStore(), deliver, () => queue === mine && show(), mend);
  queue = mine;
  show();
  mine.load().then(now, toastError);
}

/** siteItems is what waits, of one place or of all. */
export function siteItems(place?: string): SiteItem[] {
  return place === undefined ? list : list.filter((i) => i.place === place);
}

/** siteBusy tells whether something is on its way. */
export function siteBusy(): boolean {
  return busy;
}

/** writeSite keeps what was written and sends it. */
export async function writeSite(w: Written): Promise<void> {
  const at = new Date().toISOString();
  const { photo, ...rest } = w;
  await queue?.add({ ...rest, id: randomKey(), at, photo: photo && { name: photo.name, bytes: photo } });
  void flush();
}

/** retrySite sends refused items again, discardSite drops one for good. */
export async function retrySite(id?: string): Promise<void> {
  await queue?.retry(id).catch(toastError);
}
export async function discardSite(id: string): Promise<void> {
  await queue?.discard(id).catch(toastError);
}
