/** What a sum is made of. The server adds up; here its parts are only named. */
import type { Schema } from '../lib/client';
import type { Reading, ReleaseRow } from './figures';

/** Part is one figure of a sum, with the reading that shows it. */
export interface Part {
  /** platform is empty where the parts are periods of one platform. */
  platform: string;
  figure: Schema<'Figure'>;
  text: string;
  currency?: string;
  at: string;
  dayOnly?: boolean;
  reading: string;
}

/** partsOf are the last figures of each platform, the largest first (R5). */
export function partsOf(releases: ReleaseRow[], metric: string): Part[] {
  const region = (r: ReleaseRow): string => (r.release.region === 'CN' ? '' : ` · ${r.release.region}`);
  return releases
    .flatMap((r) =>
      r.now
        .filter((x) => x.metric === metric)
        .map((x) => ({
          platform: r.release.platform + region(r),
          figure: x.figure,
          text: x.text,
          currency: x.currency,
          at: x.observed,
          reading: x.reading_id,
        })),
    )
    .sort((a, b) => b.figure.value - a.figure.value);
}

/** addUp are the readings of periods that a total is added up from, the last first. */
export function addUp(readings: Reading[]): Part[] {
  return readings
    .filter((r) => r.increment && !r.withdrawn)
    .map((r) => ({
      platform: '',
      figure: r.now.figure,
      text: r.now.text,
      currency: r.now.currency,
      at: r.observed,
      dayOnly: r.day_only,
      reading: r.id,
    }));
}

/** wherePlatform names the platform whose present figure a reading is. */
export function wherePlatform(releases: ReleaseRow[], reading: string): string {
  return releases.find((r) => r.now.some((x) => x.reading_id === reading))?.release.platform ?? '';
}
