/** Sends a script as it is to be previewed; the server keeps it for a day, and what the preview saw is what is imported (sha256). */
import { address, post, randomKey, type Schema } from '../lib/client';
import { sendFile } from '../lib/upload';
import type { KeptScript } from './kept';
import type { Preview } from './lines';

/** accepted names the files that the picker offers. */
export const accepted = '.txt,.docx,.fountain,.fdx,.text,.md';

type Progress = (share: number) => void;

/** previewScript reads a file on the server; nothing is written. An empty encoding lets the server find it. */
export async function previewScript(
  title: string,
  file: File,
  encoding: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Preview> {
  const url = address('/titles/{title}/script-preview', { title }, { name: file.name, encoding });
  const tell = (sent: number) => progress(file.size > 0 ? sent / file.size : 1);
  return (await sendFile({ body: file, url }, randomKey(), tell, signal)) as Preview;
}

/** previewAgain reads a kept file again, with what was set by hand. */
export function previewAgain(title: string, kept: KeptScript, signal: AbortSignal): Promise<Preview> {
  return post('/titles/{title}/script-preview/again', { path: { title }, body: kept, signal });
}

/** importKept writes what the last preview of a kept file has shown. */
export function importKept(title: string, kept: KeptScript, signal: AbortSignal): Promise<Schema<'ScriptVersion'>> {
  return post('/titles/{title}/scripts/kept', { path: { title }, body: kept, signal });
}
