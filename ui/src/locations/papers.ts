/** Documents of a place: how soon they end, and how that is shown. */
import type { Schema } from '../lib/client';
import { daysBetween, isDay } from './zone';

export type Paper = Schema<'PlaceDocument'>;
export type DocumentIn = Schema<'DocumentIn'>;

/** paperKinds in the order of a list. */
export const paperKinds: Paper['kind'][] = ['permit', 'contract', 'insurance', 'other'];

/** Level is within how many days a document ends; '' where it holds longer or does not end. */
export type Level = '' | '30' | '7' | '1' | 'ended';

/** daysLeft counts from today to the last day: 0 is today, below it has ended; undefined: it does not end. */
export function daysLeft(until: string | undefined, today: string): number | undefined {
  return until && isDay(until) ? daysBetween(today, until) : undefined;
}

/** levelOf is how soon a document ends. */
export function levelOf(days: number | undefined): Level {
  if (days === undefined || days > 30) return '';
  if (days < 0) return 'ended';
  return days <= 1 ? '1' : days <= 7 ? '7' : '30';
}

/** lookOfLevel is the glyph and the tone of a level, so that colour never speaks alone. */
export function lookOfLevel(level: Level): { glyph: string; tone: 'plain' | 'hold' | 'reject' | 'pick' } {
  if (level === 'ended') return { glyph: '✕', tone: 'reject' };
  if (level === '1') return { glyph: '‼', tone: 'reject' };
  if (level === '7') return { glyph: '!', tone: 'hold' };
  return level === '30' ? { glyph: '◔', tone: 'hold' } : { glyph: '✓', tone: 'pick' };
}

/** bySoonest puts what ends first in front; what does not end comes last. */
export function bySoonest(a: Paper, b: Paper): number {
  return (a.until || '9').localeCompare(b.until || '9') || a.name.localeCompare(b.name, 'zh-CN');
}
