/** What of a page this browser has shown, so that the next visit can say what is new there. */
import { onDestroy } from 'svelte';

interface Dated {
  /** created is the server's time, so a laptop whose clock is wrong hides nothing. */
  created: string;
}

const kept = (page: string) => `chouka.${page}-seen`;
const never = new Date(0).toISOString();

/** lastSeen is when the newest thing was made that this browser has shown on a page, as an ISO time; '' on the first visit. */
export function lastSeen(page: string): string {
  return localStorage.getItem(kept(page)) ?? '';
}

/** saw remembers what a page has shown. A later visit that shows less, say after a withdrawal, makes nothing new again. */
export function saw(page: string, shown: Dated[]): void {
  const newest = [lastSeen(page) || never, ...shown.map((d) => d.created)];
  localStorage.setItem(
    kept(page),
    newest.reduce((a, b) => (new Date(b) > new Date(a) ? b : a)),
  );
}

/** isNew tells whether something was made after what the last visit showed; on the first visit nothing is called new. */
export function isNew(at: string, last: string): boolean {
  return last !== '' && new Date(at) > new Date(last);
}

/** visit answers with lastSeen, and remembers what is shown when the page is left, also by closing the tab. For a component's set-up. */
export function visit(page: string, shown: () => Dated[] | undefined): string {
  const last = lastSeen(page);
  const leave = () => saw(page, shown() ?? []);
  window.addEventListener('pagehide', leave);
  onDestroy(() => {
    window.removeEventListener('pagehide', leave);
    leave();
  });
  return last;
}
