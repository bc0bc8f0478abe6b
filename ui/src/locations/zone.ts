/**
 * Wall times of the studio's zone. Fields show and take "2026-11-22T14:30" as the clock in the studio shows it; the server
 * keeps instants. Days are "2026-11-22" and are counted without any zone.
 */

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

// No zone moves its clock but on a quarter of an hour, so one answer holds for all of it.
const quarter = 900_000;
const ahead = new Map<string, Map<number, number>>();

/** wall is what the clock of a zone shows at an instant: 2026-11-22T14:30. */
export function wall(at: string | Date, zone: string): string {
  const ms = at instanceof Date ? at.getTime() : Date.parse(at);
  let known = ahead.get(zone);
  if (!known) ahead.set(zone, (known = new Map()));
  const key = Math.floor(ms / quarter);
  let by = known.get(key);
  if (by === undefined) known.set(key, (by = plain(read(new Date(key * quarter), zone)) - key * quarter));
  return new Date(ms + by).toISOString().slice(0, 16);
}

function read(at: Date, zone: string): string {
  const part = Object.fromEntries(
    clock(zone)
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  );
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/** plain reads a wall time as if it were UTC, in milliseconds, or NaN for what is no time. */
export function plain(text: string): number {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(`${text.slice(0, 16)}:00Z`) : NaN;
}

/** offset is how far the clock of a zone is ahead of UTC at an instant, in milliseconds. */
function offset(at: number, zone: string): number {
  return plain(wall(new Date(at), zone)) - Math.floor(at / 60_000) * 60_000;
}

/**
 * instant is the moment at which the clock of a zone shows a wall time, in UTC, or '' for what is no time. Where the clock
 * skips the hour it is the moment an hour on; where it shows the hour twice, the first one.
 */
export function instant(text: string, zone: string): string {
  const want = plain(text);
  if (Number.isNaN(want)) return '';
  const offsets = [offset(want - dayMs, zone), offset(want + dayMs, zone)] as const;
  const hit = offsets.find((o) => plain(wall(new Date(want - o), zone)) === want);
  return new Date(want - (hit ?? offsets[0])).toISOString();
}

/** dayOf is the day on which an instant lies in a zone. */
export function dayOf(at: string | Date, zone: string): string {
  return wall(at, zone).slice(0, 10);
}

/** minutesOf is how many minutes of its day have passed at an instant, by the clock of a zone. */
export function minutesOf(at: string | Date, zone: string): number {
  const text = wall(at, zone);
  return Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
}

const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** addDays steps by days. */
export function addDays(day: string, by: number): string {
  return new Date(noon(day) + by * dayMs).toISOString().slice(0, 10);
}

/** daysBetween counts the days from one to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to) - noon(from)) / dayMs);
}

/** weekday counts from Monday, 0, to Sunday, 6. */
export function weekday(day: string): number {
  return (new Date(noon(day)).getUTCDay() + 6) % 7;
}

/** isDay tells whether a text from the address is a day. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(noon(text)) && addDays(text, 0) === text;
}
