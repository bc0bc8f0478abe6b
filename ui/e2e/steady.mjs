// What keeps browser tests from racing the page, and what they leave behind when they fail.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const failed = join(import.meta.dirname, 'out/failed');

/** In the page: counts what it has asked the API and has no answer to. Clips are no answers, nor is the stream of events. */
export function countAsked() {
  const ask = window.fetch;
  let open = 0;
  window.askedNow = () => open;
  window.fetch = (...given) => {
    const sent = ask(...given);
    if (!(given[1]?.headers instanceof Headers)) return sent;
    open++;
    // The page gets a moment to draw what it was told, and to ask for what follows from it.
    const over = () => setTimeout(() => open--, 20);
    sent.then((answer) => answer.clone().text()).then(over, over);
    return sent;
  };
}

/** In the page: resolves when the page that the address names stands and waits for no answer, at two looks. */
function still(most) {
  return new Promise((done) => {
    const end = performance.now() + most;
    let quiet = 0;
    const look = () => {
      const main = document.getElementById('content');
      const rest = !window.askedNow || (main && main.ariaBusy !== 'true' && window.askedNow() === 0);
      quiet = rest ? quiet + 1 : 0;
      if (quiet > 1 || performance.now() > end) done();
      else setTimeout(look, rest ? 0 : 20);
    };
    look();
  });
}

/**
 * Waits until a page is drawn and has all its answers. A page that is held up on purpose, by a question to the reader or a
 * route that does not answer, is left alone after a while; what a test looks for then decides.
 */
export async function calm(page, most = 10_000) {
  for (const end = Date.now() + most; Date.now() < end && /^http/.test(page.url());) {
    const left = end - Date.now();
    const late = new Promise((done) => setTimeout(done, left + 500, true).unref());
    // An address that changes meanwhile takes the page away under the look; the next one is looked at anew.
    const seen = page.evaluate(still, left).then(
      () => true,
      () => page.isClosed(),
    );
    if (await Promise.race([seen, late])) return;
  }
}

/**
 * Waits until nothing more is drawn, fetched or moved, at six looks: parts of a page that are loaded by themselves, and
 * pictures, come after its answers. On a busy machine a moment may pass without a single look, so that time alone says nothing.
 */
export function settled(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        const end = performance.now() + 5_000;
        let before = '';
        let same = 0;
        const look = () => {
          const nodes = document.querySelectorAll('*').length;
          const fetched = performance.getEntriesByType('resource').length;
          const open = [...document.images].filter((i) => !i.complete && i.loading !== 'lazy').length;
          const now = [nodes, fetched, open, scrollY, document.body.scrollHeight].join();
          same = now === before && open === 0 ? same + 1 : 0;
          before = now;
          if (same > 5 || performance.now() > end) done();
          else setTimeout(() => requestAnimationFrame(look), 15);
        };
        look();
      }),
  );
}

const soon = (promise, otherwise) =>
  Promise.race([promise, new Promise((done) => setTimeout(done, 5_000, otherwise).unref())]).catch(() => otherwise);

/** Says of every screen where it stood and what it showed, and keeps a picture and all of the text beside it. */
export async function unwell(name, people, desks) {
  mkdirSync(failed, { recursive: true });
  const slug = name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  const said = [`failed: ${name}`];
  for (const [i, { page, faults }] of people.entries()) {
    if (page.url() === 'about:blank') continue;
    const to = join(failed, `${slug}-${i + 1}`);
    await soon(page.screenshot({ path: `${to}.png`, timeout: 4_000 }));
    const text = await soon(page.locator('body').innerText({ timeout: 4_000 }), '(no text)');
    const parts = page.locator('dialog[open], [data-toast], #content');
    const seen = await soon(parts.allInnerTexts(), []);
    const lines = seen
      .join('\n')
      .split('\n')
      .filter((l) => l.trim());
    writeFileSync(`${to}.txt`, [page.url(), ...faults, '', text, ...desks.flatMap((d) => d.log)].join('\n'));
    said.push(`screen ${i + 1} of ${people.length}: ${page.url()}, kept as ${relative(process.cwd(), to)}.{png,txt}`);
    said.push(...faults.slice(0, 10).map((f) => `  fault: ${f}`));
    said.push(...lines.slice(0, 40).map((l) => `  | ${l.slice(0, 160)}`));
  }
  for (const { log } of desks)
    said.push(
      ...log
        .join('')
        .trim()
        .split('\n')
        .filter(Boolean)
        .slice(-20)
        .map((l) => `  desk: ${l}`),
    );
  console.error(said.join('\n'));
}
