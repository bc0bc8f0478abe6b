/** What a browser can say about a new password before the server judges it. */
import { t } from '../lib/i18n.svelte';

/** The least number of characters that the server takes. */
export const leastLength = 8;

/** unlike tells why a repeated password does not do: '' when both are the same, or when nothing was repeated yet. */
export function unlike(password: string, again: string): string {
  return again !== '' && again !== password ? t('people.password.unlike') : '';
}
