/** safeReturn is the address to go to after signing in: a path of ours, never another site's. */
export function safeReturn(to: string): string {
  return /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/';
}
