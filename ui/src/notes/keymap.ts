/** The keys of notes and of drawing. */
import { keyTable } from '../lib/keytable';
import { reviewTable } from '../review/keymap';

export const notesTable = keyTable(
  'notes.title',
  [
    { id: 'notes.write', keys: 'o', label: 'notes.write' },
    { id: 'notes.draw', keys: ';', label: 'notes.key.draw' },
    { id: 'notes.keep', keys: 'Enter', label: 'notes.key.keep' },
    { id: 'notes.back', keys: 'Mod+z', label: 'notes.key.back' },
    { id: 'notes.forth', keys: ['Mod+Shift+z', 'Mod+y'], label: 'notes.key.forth' },
    { id: 'notes.ink-1', keys: '1', label: 'notes.ink.0' },
    { id: 'notes.ink-2', keys: '2', label: 'notes.ink.1' },
    { id: 'notes.ink-3', keys: '3', label: 'notes.ink.2' },
    { id: 'notes.ink-4', keys: '4', label: 'notes.ink.3' },
    { id: 'notes.ink-5', keys: '5', label: 'notes.ink.4' },
    { id: 'notes.ink-6', keys: '6', label: 'notes.ink.5' },
  ],
  [reviewTable],
);

/** inkKeys are the acts that choose a colour, in the order of the palette. */
export const inkKeys = [
  'notes.ink-1',
  'notes.ink-2',
  'notes.ink-3',
  'notes.ink-4',
  'notes.ink-5',
  'notes.ink-6',
] as const;
