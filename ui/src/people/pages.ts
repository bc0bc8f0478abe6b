/** readAll follows a list from page to page until its end, or until `most` items. */
export async function readAll<T>(
  read: (after: string | undefined) => Promise<{ items: T[]; next?: string }>,
  most = 5000,
): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    all.push(...page.items);
    after = page.next || undefined;
  } while (after && all.length < most);
  return all;
}
