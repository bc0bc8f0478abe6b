/** What a menu holds; kept apart from the parts that are loaded only when a menu opens. */
import type { LucideIcon } from '@lucide/svelte';

export interface MenuItem {
  label: string;
  run: () => void;
  icon?: LucideIcon;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** checked shows a tick; the item is one of a choice. */
  checked?: boolean;
  /** apart draws a line above it. */
  apart?: boolean;
}
