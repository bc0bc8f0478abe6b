/** Long lists read page by page. */

interface Page<T> {
  items: T[];
  next?: string;
}

/** readPages reads a list until `want` items are there or it ends; `next` is where to go on, absent at the end. */
export async function readPages<T>(
  read: (limit: number, after: string | undefined) => Promise<Page<T>>,
  want: number,
  atOnce = 200,
): Promise<Page<T>> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await read(Math.min(atOnce, want - items.length), after);
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < want);
  return { items, next: after };
}
