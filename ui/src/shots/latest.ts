/** Sends only the newest of many quick changes, one at a time: a row moved five places in a second is sent once or twice. */

/** latest wraps a call; while one is under way only the last of the further ones is kept, and made when it has ended. */
export function latest<T>(call: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: { value: T } | undefined;

  async function run(value: T): Promise<void> {
    await call(value);
    while (waiting) {
      const next = waiting.value;
      waiting = undefined;
      await call(next);
    }
  }

  return (value) => {
    if (running) {
      waiting = { value };
      return running;
    }
    running = run(value).finally(() => {
      running = undefined;
      waiting = undefined;
    });
    return running;
  };
}
