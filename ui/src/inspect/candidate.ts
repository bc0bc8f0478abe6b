/** The outputs that an ambiguous graph leaves open, and what choosing one changes. */
import { texts, type Attempt } from '../attempts/fields';
import type { Schema } from '../lib/client';

export type Candidate = Schema<'Candidate'>;
type Edit = Schema<'AttemptEdit'>;

/** valuesOf is what a candidate says under the names of an attempt: width and height are its size. */
export function valuesOf(c: Candidate): Record<string, string> {
  const { width, height, ...rest } = c.fields;
  const values = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ''));
  if (width && height && !values.size) values.size = `${width}x${height}`;
  return values;
}

/** Choice is the edit that takes a candidate over, and the names of what no edit takes. */
export interface Choice {
  edit: Edit;
  left: string[];
}

/** choiceOf is empty where the attempt says all of it already. */
export function choiceOf(a: Attempt, c: Candidate): Choice {
  const choice: Choice = { edit: {}, left: [] };
  for (const [name, value] of Object.entries(valuesOf(c))) {
    const field = texts.find((f) => f === name);
    if (field) {
      if (a[field] !== value) choice.edit[field] = value;
    } else if ((a as unknown as Record<string, unknown>)[name] !== value) choice.left.push(name);
  }
  return choice;
}

/** isChosen tells whether an attempt holds what a candidate says, as far as it can. */
export function isChosen(a: Attempt, c: Candidate): boolean {
  return Object.keys(choiceOf(a, c).edit).length === 0;
}
