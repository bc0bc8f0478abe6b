/** A form on its way: busy while it is sent, and why it was refused. */
import { asError, type ApiError } from './problem';

export interface Form {
  readonly busy: boolean;
  readonly error: ApiError | undefined;
  /** field is what is wrong with one input, '' when nothing is. */
  field(name: string): string;
  submit(): Promise<void>;
  clear(): void;
}

/** form sends with `send` once at a time; what `send` throws is kept as the error. */
export function form(send: () => Promise<void>): Form {
  let busy = $state(false);
  let error = $state.raw<ApiError | undefined>();
  return {
    get busy() {
      return busy;
    },
    get error() {
      return error;
    },
    field: (name) => error?.field(name) ?? '',
    async submit() {
      if (busy) return;
      busy = true;
      error = undefined;
      try {
        await send();
      } catch (cause) {
        error = asError(cause);
      } finally {
        busy = false;
      }
    },
    clear() {
      error = undefined;
    },
  };
}
