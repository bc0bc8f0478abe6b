/** Copying a text. Over plain http on a local network there is no clipboard: then the text is left selected for Ctrl+C. */
import { t } from '../lib/i18n.svelte';

/** copyText copies, or selects `shown`, the element that shows the text; it returns what to tell the reader. */
export async function copyText(text: string, shown: Element): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return t('copy.done');
  } catch {
    getSelection()?.selectAllChildren(shown);
    return t('copy.byHand');
  }
}
