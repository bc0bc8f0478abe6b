/** Reads lists that come in pages. */

interface Page<T> {
  items: T[];
  next?: string;
}

/** allPages reads page after page until the list ends, or `most` pages were read. */
export async function allPages<T>(read: (after?: string) => Promise<Page<T>>, most = 20): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  for (let n = 0; n < most; n++) {
    const page = await read(after);
    all.push(...page.items);
    if (!page.next) break;
    after = page.next;
  }
  return all;
}
