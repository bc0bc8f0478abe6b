/** What was measured on a file, in words. */
import type { Schema } from '../lib/client';
import { bytes, count, duration, fps } from '../lib/format';
import { hasText, t, tAny } from '../lib/i18n.svelte';

type Media = Schema<'Media'>;

/** MediaFact is one measured value; the name is the tail of its key inspect.media.*. */
export interface MediaFact {
  name: 'pixels' | 'bytes' | 'type' | 'duration' | 'rate' | 'frames' | 'codec' | 'loudness';
  value: string;
}

/** tenths writes an integer of tenths: -142 is −14.2. */
export function tenths(n: number): string {
  const whole = Math.abs(n);
  return `${n < 0 ? '−' : ''}${Math.floor(whole / 10)}.${whole % 10}`;
}

/** rateOf is the real frame rate: 30000/1001 is 29.97 fps; of a clip with a variable rate it is the mean and says so. */
export function rateOf(m: Media): string {
  if (!m.frame_num || !m.frame_den) return m.variable_rate ? t('inspect.media.variable') : '';
  const rate = fps(`${m.frame_num}/${m.frame_den}`);
  return m.variable_rate ? t('inspect.media.variableMean', { rate }) : rate;
}

function lengthOf(m: Media): string {
  if (m.duration_ms <= 0) return '';
  const exact = `${Number((m.duration_ms / 1000).toFixed(2))} s`;
  return m.duration_ms < 60_000 ? exact : `${duration(m.duration_ms / 1000)} (${exact})`;
}

/** mediaFacts lists what is known about a file; stills have no duration, silent clips no loudness. */
export function mediaFacts(m: Media): MediaFact[] {
  const loud = m.loudness;
  const facts: MediaFact[] = [
    { name: 'pixels', value: m.width && m.height ? `${m.width}×${m.height}` : '' },
    { name: 'duration', value: lengthOf(m) },
    { name: 'rate', value: rateOf(m) },
    { name: 'frames', value: m.frames > 1 ? count(m.frames) : '' },
    { name: 'codec', value: m.codec ?? '' },
    {
      name: 'loudness',
      value: loud ? t('inspect.media.loud', { lufs: tenths(loud.lufs_x10), peak: tenths(loud.peak_x10) }) : '',
    },
    { name: 'type', value: m.type },
    { name: 'bytes', value: bytes(m.bytes) },
  ];
  return facts.filter((f) => f.value);
}

/** troubleWord is a reason in words; one that has no words here is shown as it came. */
export function troubleWord(code: string): string {
  if (hasText(`work.trouble.${code}`)) return tAny(`work.trouble.${code}`);
  return tAny(`review.trouble.${code}`);
}
