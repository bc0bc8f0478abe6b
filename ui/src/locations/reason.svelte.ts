/** Asks the reader why soft conflicts are accepted; ReasonDialog puts the question. */
import type { Clash } from './clashes';

interface Question {
  clashes: Clash[];
  answer: (reason: string | undefined) => void;
}

let open = $state.raw<Question>();

/** question is what is asked now. */
export function question(): Question | undefined {
  return open;
}

/** askReason resolves to the reason, or to undefined where the reader would rather not. */
export function askReason(clashes: Clash[]): Promise<string | undefined> {
  open?.answer(undefined);
  return new Promise((resolve) => {
    open = {
      clashes,
      answer: (reason) => {
        open = undefined;
        resolve(reason);
      },
    };
  });
}
