/** What is done to a script once it is in: how an import is told, how it is taken back, how a file leaves. */
import { post } from '../lib/client';
import { t } from '../lib/i18n.svelte';
import { closeToast, toast, toastError } from '../lib/toasts.svelte';
import { compareHref, type Version } from './compare';

/** exportFormats is what a version may be written anew in. */
export const exportFormats = ['docx', 'txt', 'fountain'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** tellImported says what an import did, with the way back and, after another version, the way to the comparison. */
export function tellImported(version: Version, before: Version | undefined): void {
  const { added, changed, archived, stale } = version;
  const more = t('scripts.imported.more', { added, changed, archived });
  const id = toast(t('scripts.imported', { n: version.number, file: version.file }), {
    tone: 'good',
    more: stale > 0 ? `${more} · ${t('drafts.staleAll', { n: stale })}` : more,
    byHand: true,
    link: before && { href: compareHref(version.title_id, before.id, version.id), label: t('drafts.compare.open') },
    undo: () => {
      closeToast(id);
      void undoImport(version);
    },
  });
}

/** undoImport takes an import back; it tells whether that went well. */
export async function undoImport(version: Version): Promise<boolean> {
  try {
    await post('/scripts/{script}/undo', { path: { script: version.id } });
    toast(t('drafts.undo.done', { n: version.number }), { tone: 'good', more: t('drafts.undo.doneMore') });
    return true;
  } catch (cause) {
    toastError(cause);
    return false;
  }
}

/** originalHref is the file of a version as it was delivered. */
export function originalHref(version: Version): string {
  return `/api/v1/scripts/${version.id}/original`;
}

/** exportHref is a version written anew. */
export function exportHref(version: Version, format: ExportFormat): string {
  return `/api/v1/scripts/${version.id}/text?format=${format}`;
}

/** save has the browser save what an address answers with, under the name that the server gives it. */
export function save(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
