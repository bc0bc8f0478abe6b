import { describe, expect, it } from 'vitest';
import { match, page } from './match';

const none = () => Promise.reject(new Error('not loaded in this test'));
const routes = [
  page('/', 'nav.home', none),
  page('/titles', 'nav.titles', none),
  page('/titles/:t', 'nav.titles', none),
  page('/titles/:t/shots/:s', 'nav.shots', none),
];

describe('match', () => {
  it.each([
    ['/', '/', {}],
    ['/titles/', '/titles', {}],
    ['/titles/a%2Fb', '/titles/:t', { t: 'a/b' }],
    ['/titles/1/shots/2', '/titles/:t/shots/:s', { t: '1', s: '2' }],
  ])('finds %s', (path, pattern, params) => {
    const hit = match(routes, path);
    expect(hit?.route.path).toBe(pattern);
    expect(hit?.params).toEqual(params);
  });
  it.each(['/title', '/titles/1/shots', '/titles//shots/2', '/titles/%E0%A4%A', '/titles/1/shots/2/3'])(
    'knows no page for %s',
    (path) => expect(match(routes, path)).toBeUndefined(),
  );
});
