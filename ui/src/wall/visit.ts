/** When this browser last left a page, so that the next visit can say what is new there. */

const kept = (page: string) => `chouka.${page}-seen`;

/** lastVisit is when this browser last left a page, as an ISO time; '' on the first visit. */
export function lastVisit(page: string): string {
  return localStorage.getItem(kept(page)) ?? '';
}

/** leaveNow remembers this visit. */
export function leaveNow(page: string, now: Date = new Date()): void {
  localStorage.setItem(kept(page), now.toISOString());
}

/** isNew tells whether something came after the last visit; on the first visit nothing is called new. */
export function isNew(at: string, last: string): boolean {
  return last !== '' && new Date(at) > new Date(last);
}
