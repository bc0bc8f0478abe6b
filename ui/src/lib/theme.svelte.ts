/** Light or dark by choice; "auto" follows the system. The server writes the choice into the first HTML. */
import { writeCookie } from './cookies';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

function written(): Theme {
  const value = document.documentElement.dataset.theme;
  return themes.find((x) => x === value) ?? 'auto';
}

let current = $state<Theme>(written());

/** theme is the choice in force. */
export function theme(): Theme {
  return current;
}

/** setTheme keeps the choice and shows it at once. */
export function setTheme(next: Theme): void {
  current = next;
  document.documentElement.dataset.theme = next;
  writeCookie('chouka_theme', next);
}
