/** Wire is what a control takes over from its Field: spread it on the element. */
export interface Wire {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
  required: boolean;
}
