/** Who may do what on a title: the words and choices of the members' page. */
import type { Choice } from '../kit';
import type { Schema } from '../lib/client';

export type MemberRow = Schema<'MemberRow'>;
export type Role = MemberRow['role'];
export type Person = Schema<'Person'>;

/** roles in the order in which they are offered (product.md, Who uses it). */
export const roles: Role[] = ['lead', 'producer', 'director', 'operator', 'scout', 'distributor', 'viewer'];

/** mayDraw names the roles that a shot can be assigned to. */
export const mayDraw: Role[] = ['lead', 'producer', 'director', 'operator'];

/** choicesOf offers the active people who are not members yet; the login tells two of the same name apart. */
export function choicesOf(people: Person[], members: MemberRow[]): Choice[] {
  const here = new Set(members.map((m) => m.person_id));
  return people.filter((p) => p.active && !here.has(p.id)).map((p) => ({ value: p.id, label: p.name, more: p.login }));
}

/** drawersOf are the members that a shot can be assigned to: active, by name, operators first. */
export function drawersOf(members: MemberRow[]): MemberRow[] {
  const first = (m: MemberRow) => (m.role === 'operator' ? 0 : 1);
  return members
    .filter((m) => m.active && mayDraw.includes(m.role))
    .sort((a, b) => first(a) - first(b) || a.name.localeCompare(b.name, 'zh-CN'));
}

/** withSelf adds the reader to the members of a title: a lead of the house may draw on it without belonging to it. */
export function withSelf(members: MemberRow[], self: Person | undefined, may: boolean): MemberRow[] {
  if (!self || !may || members.some((m) => m.person_id === self.id)) return members;
  const { id, rev, created, updated, name, login, active } = self;
  const own: MemberRow = { id, rev, created, updated, title_id: '', person_id: id, role: 'lead', name, login, active };
  return [...members, own];
}

/** namesOf is a way from a person's id to the name; a name that two people share gets the login behind it. */
export function namesOf(people: { id: string; name: string; login: string }[]): (id: string) => string {
  const uses = new Map<string, number>();
  for (const p of people) uses.set(p.name, (uses.get(p.name) ?? 0) + 1);
  const names = new Map(people.map((p) => [p.id, (uses.get(p.name) ?? 0) > 1 ? `${p.name}（${p.login}）` : p.name]));
  return (id) => names.get(id) ?? '';
}

/** asPeople gives members the shape of people, for namesOf. */
export function asPeople(members: MemberRow[]): { id: string; name: string; login: string }[] {
  return members.map((m) => ({ id: m.person_id, name: m.name, login: m.login }));
}
