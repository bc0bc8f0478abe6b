/** Sends a script as it is to be previewed or imported; what the preview saw is what the import takes (sha256). */
import { address, randomKey, type Schema } from '../lib/client';
import { sendFile } from '../lib/upload';
import type { Preview } from './lines';

/** accepted names the files that the picker offers. */
export const accepted = '.txt,.docx,.fountain,.text,.md';

type Progress = (share: number) => void;

async function send(url: string, file: File, progress: Progress, signal: AbortSignal): Promise<unknown> {
  const tell = (sent: number) => progress(file.size > 0 ? sent / file.size : 1);
  return sendFile({ body: file, url }, randomKey(), tell, signal);
}

/** previewScript reads a file on the server; nothing is written. An empty encoding lets the server find it. */
export async function previewScript(
  title: string,
  file: File,
  encoding: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Preview> {
  const url = address('/titles/{title}/script-preview', { title }, { name: file.name, encoding });
  return (await send(url, file, progress, signal)) as Preview;
}

/** importScript writes what a preview has shown. */
export async function importScript(
  title: string,
  file: File,
  preview: Preview,
  note: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Schema<'ScriptVersion'>> {
  const query = { name: file.name, encoding: preview.script.encoding, sha256: preview.sha256, note: note.trim() };
  const url = address('/titles/{title}/scripts', { title }, query);
  return (await send(url, file, progress, signal)) as Schema<'ScriptVersion'>;
}
