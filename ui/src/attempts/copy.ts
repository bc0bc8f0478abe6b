/** Copying a text that is on the page. Where nothing may be copied it is left selected for Ctrl+C. */
import { copied } from '../lib/clipboard';
import { t } from '../lib/i18n.svelte';

/** copyText copies, or selects `shown`, the element that shows the text; it returns what to tell the reader. */
export async function copyText(text: string, shown: Element): Promise<string> {
  try {
    await copied(text);
    return t('copy.done');
  } catch {
    getSelection()?.selectAllChildren(shown);
    return t('copy.byHand');
  }
}
