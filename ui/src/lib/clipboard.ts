/**
 * Copying. Over plain http on a local network browsers have no navigator.clipboard; the old command still copies there,
 * as part of a click or a key.
 */

/** copied puts a text on the clipboard; it throws where this browser gives no way to it. */
export async function copied(text: string): Promise<void> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (clipboard) return await clipboard.writeText(text);
  } catch {
    // Not allowed here: the old way may be.
  }
  if (!byCommand(text)) throw new Error('no clipboard');
}

function byCommand(text: string): boolean {
  let done = false;
  // A browser copies only where there is something to copy: this says that there is, whatever is selected.
  const may = (e: Event) => e.preventDefault();
  const put = (e: ClipboardEvent) => {
    e.clipboardData?.setData('text/plain', text);
    e.preventDefault();
    e.stopImmediatePropagation();
    done = e.clipboardData !== null;
  };
  document.addEventListener('beforecopy', may);
  document.addEventListener('copy', put, true);
  try {
    const old = document as { execCommand?: (name: string) => boolean };
    return (old.execCommand?.('copy') ?? false) && done;
  } finally {
    document.removeEventListener('beforecopy', may);
    document.removeEventListener('copy', put, true);
  }
}
