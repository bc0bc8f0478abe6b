/** How fast bytes leave, over the last seconds: steady enough to read, quick enough to believe. */

const span = 10_000;
const least = 1_500;

interface Mark {
  at: number;
  bytes: number;
}

/** Pace is fed with the bytes sent so far; times are milliseconds of any clock that only goes forward. */
export class Pace {
  private marks: Mark[] = [];
  private total = 0;
  private before = 0;

  /** note takes the bytes that all files together have sent. What was sent in vain and begins anew counts once more. */
  note(at: number, sent: number): void {
    this.total += Math.max(0, sent - this.before);
    this.before = sent;
    this.marks.push({ at, bytes: this.total });
    while (this.marks.length > 2 && (this.marks[0]?.at ?? at) < at - span) this.marks.shift();
  }

  /** rate is bytes per second, 0 while too little is known. */
  rate(): number {
    const [first, last] = [this.marks[0], this.marks.at(-1)];
    if (!first || !last || last.at - first.at < least) return 0;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }

  /** left is the seconds that so many bytes will take, or undefined while nobody can say. */
  left(bytes: number): number | undefined {
    const rate = this.rate();
    return rate > 0 ? Math.ceil(bytes / rate) : undefined;
  }

  /** reset forgets the past, as when a queue was held. */
  reset(): void {
    this.marks = [];
  }
}
