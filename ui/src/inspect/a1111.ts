/**
 * Writes an attempt in the text form of A1111, which most tools read: the prompt, a line "Negative prompt: …", and one line of
 * "Key: value" pairs. A value with a comma, a colon or a line break is written as a JSON string. The form cannot carry everything;
 * what it would lose or falsify is named in `lost`.
 */
import type { Attempt } from '../attempts/fields';

/** Lost names what could not be written. */
export type Lost = 'settings' | 'negative' | 'prompt' | 'params';

/** Written is the text, and what did not go into it. */
export interface Written {
  text: string;
  lost: Lost[];
}

type Pair = [key: string, value: string];

const keyForm = /^[\p{L}\p{N}_][\p{L}\p{N}_ \-/]+$/u;
const named: Record<string, string> = {
  model_hash: 'Model hash',
  vae: 'VAE',
  clip_skip: 'Clip skip',
  duration: 'Duration',
  ratio: 'Ratio',
  mode: 'Mode',
};
// Keys that the prompt itself or the line already holds, and those that would end the line for other readers.
const apart = new Set([
  'loras',
  'version',
  'app',
  'template',
  'negative template',
  'civitai resources',
  'civitai metadata',
]);

/** quoted writes one value as the grammar wants it. */
export function quoted(value: string): string {
  const plain = value !== '' && value === value.trim() && !/[,:\n\r"]/.test(value);
  return plain ? value : JSON.stringify(value);
}

function standard(a: Attempt): Pair[] {
  const pairs: Pair[] = [
    ['Steps', a.steps],
    ['Sampler', a.sampler],
    ['Schedule type', a.scheduler],
    ['CFG scale', a.cfg],
    ['Seed', a.seed],
    ['Size', a.size],
    ['Model', a.model],
    ['Denoising strength', a.denoise],
    ['Duration', a.duration],
    ['Ratio', a.ratio],
    ['Mode', a.mode],
  ];
  return pairs.filter(([, value]) => value !== '');
}

function further(a: Attempt, taken: Set<string>, lost: Set<Lost>): Pair[] {
  const pairs: Pair[] = [];
  for (const [name, value] of Object.entries(a.params)) {
    const key = named[name] ?? name;
    if (apart.has(name.toLowerCase()) || value === '') continue;
    if (!keyForm.test(key) || key !== key.trim() || taken.has(key)) lost.add('params');
    else pairs.push([key, value]);
  }
  return pairs;
}

// The program's readers trim every line and take a line that begins so for the negative prompt; neither can be written otherwise.
function carries(text: string): boolean {
  const lines = text.split('\n');
  return lines.every((l) => l === l.trim() && !l.startsWith('Negative prompt:')) && text === text.trim();
}

/** writeA1111 writes an attempt. Without steps and seed no reader would know the settings line, so the prompt alone is written. */
export function writeA1111(a: Attempt): Written {
  const lost = new Set<Lost>();
  const pairs = standard(a);
  if (!carries(a.prompt)) lost.add('prompt');
  if (!carries(a.negative)) lost.add('negative');
  if (!a.steps && !a.seed) {
    if (a.negative) lost.add('negative');
    if (pairs.length > 0 || Object.keys(a.params).length > 0) lost.add('settings');
    return { text: a.prompt.trim(), lost: [...lost] };
  }
  pairs.push(...further(a, new Set([...pairs.map(([key]) => key), 'Version', 'App']), lost));
  pairs.push(['Version', 'Chouka']);
  // The settings line is known by three pairs.
  if (pairs.length < 3) pairs.push(['App', 'Chouka']);
  const line = pairs.map(([key, value]) => `${key}: ${quoted(value)}`).join(', ');
  const negative = a.negative.trim() ? `Negative prompt: ${a.negative.trim()}` : '';
  return { text: [a.prompt.trim(), negative, line].filter(Boolean).join('\n'), lost: [...lost] };
}
