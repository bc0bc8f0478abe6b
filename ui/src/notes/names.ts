/** How people are called in notes. */
import { t } from '../lib/i18n.svelte';
import { asPeople, namesOf } from '../titles/people';
import type { MemberRow } from './link';

/** NameOf is the name of a person by id; `written` is the name that the note itself keeps. */
export type NameOf = (id: string, written: string) => string;

/**
 * nameOf calls people by name, with the login where two share it. Blind judges must not learn from a note who drew a take: for
 * them all but themselves go by their role.
 */
export function nameOf(people: MemberRow[], self: string, blind: boolean): NameOf {
  const roles = new Map(people.map((p) => [p.person_id, p.role]));
  const names = namesOf(asPeople(people));
  return (id, written) => {
    if (!blind || id === self) return names(id) || written;
    const role = roles.get(id);
    return role ? t(`role.${role}`) : t('notes.somebody');
  };
}
