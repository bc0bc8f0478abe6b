/** Who is signed in and what they may do, as the server says it; pages ask `can('shot.edit', titleId)` and never guess by role. */
import { forgetUndo } from './undo.svelte';
import { type Answer, ApiError, del, get, onSignedOut } from './client';
import { asError } from './problem';

export type Me = Answer<'get', '/session'>;

let current = $state.raw<Me | undefined>();
let fault = $state.raw<ApiError | undefined>();
let asked = $state(false);

/** me is the signed-in person with memberships and the studio, or undefined. */
export function me(): Me | undefined {
  return current;
}

/** sessionAsked tells whether the server has answered who this is. */
export function sessionAsked(): boolean {
  return asked;
}

/** sessionError is why nobody could be named, other than being signed out. */
export function sessionError(): ApiError | undefined {
  return fault;
}

/** setMe shows a fresh answer of sign-in, setup or join. */
export function setMe(next: Me | undefined): void {
  current = next;
  asked = true;
}

/** loadMe asks the server who this is. */
export async function loadMe(): Promise<void> {
  try {
    setMe(await get('/session'));
    fault = undefined;
  } catch (cause) {
    const error = asError(cause);
    if (error.status === 401) setMe(undefined);
    else if (!current) fault = error;
    asked = true;
  }
}

/** roleOn is this person's role on a title, '' without one. */
export function roleOn(titleId: string): string {
  return current?.memberships.find((m) => m.title_id === titleId)?.role ?? '';
}

/** can tells whether this person may do an action, on a title where one is given. */
export function can(action: string, titleId?: string): boolean {
  if (!current) return false;
  if ((current.rights as string[]).includes(action)) return true;
  if (!titleId) return false;
  const rights = current.title_rights as Record<string, string[] | undefined>;
  return rights[roleOn(titleId)]?.includes(action) ?? false;
}

/** zone is the studio's time zone. */
export function zone(): string {
  return current?.studio.zone ?? 'Asia/Shanghai';
}

/** signOut ends this browser's session. */
export async function signOut(): Promise<void> {
  await del('/session');
  setMe(undefined);
  forgetUndo();
}

/** startSession forgets the person as soon as the server does. */
export function startSession(): void {
  onSignedOut(() => {
    if (current) setMe(undefined);
  });
}
