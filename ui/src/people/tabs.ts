/** The tabs of the settings. Keys have a page of their own, the others share one. */
import { t } from '../lib/i18n.svelte';
import { can } from '../lib/session.svelte';

/** settingsTabs is the tabs that this person may open. */
export function settingsTabs(): { id: string; label: string }[] {
  return [
    { id: 'mine', label: t('people.settings.mine') },
    { id: 'keys', label: t('keys.title') },
    { id: 'tokens', label: t('tokens.title') },
    { id: 'work', label: t('work.title') },
    ...(can('studio.manage') ? [{ id: 'studio', label: t('people.settings.studio') }] : []),
  ];
}

/** settingsHref is the address of a tab. */
export function settingsHref(id: string): string {
  if (id === 'keys') return '/settings/keys';
  return id === 'mine' ? '/settings' : `/settings?tab=${id}`;
}
