/** Numbers, times and sizes as people of each language read them. Figures are cut, never rounded up (product.md). */
import { type Lang, lang, t } from './i18n.svelte';

const locale = (l: Lang): string => (l === 'en' ? 'en-US' : 'zh-CN');

/** cut writes n / 10^exponent with at most `places` decimals, by cutting digits of the integer, without rounding. */
function cut(n: number, exponent: number, places: number): string {
  const digits = Math.trunc(n)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, -exponent);
  const rest = digits.slice(-exponent).slice(0, places).replace(/0+$/, '');
  return rest ? `${whole}.${rest}` : whole;
}

/** compact shortens a count: 9999, 1.23万, 9999.9万, 2.1亿; in English 12.3K, 210M. One decimal from 1,000 units on. */
export function compact(n: number, l: Lang = lang()): string {
  if (n < 0) return `−${compact(-n, l)}`;
  const steps: [number, string][] =
    l === 'en'
      ? [
          [9, 'B'],
          [6, 'M'],
          [3, 'K'],
        ]
      : [
          [8, '亿'],
          [4, '万'],
        ];
  for (const [exponent, unit] of steps) {
    const size = 10 ** exponent;
    if (n >= size) return cut(n, exponent, n >= size * 1000 ? 1 : 2) + unit;
  }
  return Math.trunc(n).toString();
}

/** count writes an exact whole number with separators. */
export function count(n: number, l: Lang = lang()): string {
  return n.toLocaleString(locale(l), { maximumFractionDigits: 0 });
}

/** percent writes part / whole cut to a whole percent, or a dash where there is nothing to divide by. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.floor((part / whole) * 100)}%` : '–';
}

/** date writes a day as 2026-11-22 or Nov 22, 2026, in the reader's zone unless one is given. */
export function date(value: string | Date, zone?: string, l: Lang = lang()): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return l === 'en' ? date(new Date(`${value}T12:00:00Z`), 'UTC', l) : value;
  }
  const options: Intl.DateTimeFormatOptions =
    l === 'en'
      ? { year: 'numeric', month: 'short', day: 'numeric', timeZone: zone }
      : { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone };
  const text = new Date(value).toLocaleDateString(locale(l), options);
  return l === 'en' ? text : text.replaceAll('/', '-');
}

/** dayOf writes a day (2026-03-12) without its year where that is this year: 3月12日 or Mar 12. */
export function dayOf(value: string, today: Date = new Date(), l: Lang = lang()): string {
  const year = value.startsWith(`${today.getFullYear()}-`) ? undefined : 'numeric';
  const options: Intl.DateTimeFormatOptions = { year, month: l === 'en' ? 'short' : 'long', day: 'numeric' };
  return new Date(`${value}T12:00:00Z`).toLocaleDateString(locale(l), { ...options, timeZone: 'UTC' });
}

/** time writes the hour and minute. */
export function time(value: string | Date, zone?: string, l: Lang = lang()): string {
  return new Date(value).toLocaleTimeString(locale(l), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
}

/** dateTime writes day and minute. */
export function dateTime(value: string | Date, zone?: string, l: Lang = lang()): string {
  return `${date(value, zone, l)} ${time(value, zone, l)}`;
}

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

type Room = Intl.RelativeTimeFormatOptions['style'];

/** ago writes a time as a distance from now for a week, after that as a date; `narrow` where there is little room: 12h ago. */
export function ago(value: string | Date, now: Date = new Date(), l: Lang = lang(), style: Room = 'long'): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) >= 7 * 86_400) return date(value, undefined, l);
  const format = new Intl.RelativeTimeFormat(locale(l), { numeric: 'auto', style });
  for (const [unit, size] of spans) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return t('format.now');
}

/** duration writes seconds as 0:07, 12:30 or 1:02:03. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => n.toString().padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** bytes writes a size with decimal units, cut to one place: 1.2 GB. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let size = n;
  while (size >= 1000 && at < units.length - 1) {
    size /= 1000;
    at++;
  }
  const text = at === 0 || size >= 100 ? Math.floor(size).toString() : (Math.floor(size * 10) / 10).toString();
  return `${text} ${units[at]}`;
}

/** fps writes a frame rate given as a number or as 30000/1001. */
export function fps(rate: number | string): string {
  const [a, b] = String(rate).split('/').map(Number);
  const value = b ? (a ?? 0) / b : (a ?? 0);
  return `${Number(value.toFixed(3))} fps`;
}

/** list joins words: 甲、乙和丙; A, B, and C. */
export function list(words: string[], l: Lang = lang()): string {
  return new Intl.ListFormat(locale(l), { type: 'conjunction' }).format(words);
}

/** rate writes a part of a whole with the n that it rests on, as 12% (n=340). */
export function rate(part: number, whole: number): string {
  return t('format.rate', { p: percent(part, whole), of: count(whole) });
}
