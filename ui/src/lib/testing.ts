/** What every unit test starts from: Chinese words loaded, as on a page whose language came with its HTML. */
import { configure } from '@testing-library/svelte';
import { beforeAll } from 'vitest';
import { moreWords, startLanguage } from './i18n.svelte';

// A busy machine is no reason to fail; what never comes still does.
configure({ asyncUtilTimeout: 5000 });

beforeAll(async () => {
  await startLanguage();
  await moreWords();
});
