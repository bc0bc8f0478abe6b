/** What every unit test starts from: Chinese words loaded, as on a page whose language came with its HTML. */
import { beforeAll } from 'vitest';
import { startLanguage } from './i18n.svelte';

beforeAll(async () => {
  await startLanguage();
});
