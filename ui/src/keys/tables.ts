/** Every table of keys, also of screens that are not open. A new screen adds its own here. */
import { drawTable } from '../attempts/keymap';
import { boardTable } from '../board/keymap';
import { listTable } from '../kit/keymap';
import type { KeyTable } from '../lib/keytable';
import { notesTable } from '../notes/keymap';
import { playTable } from '../play/keymap';
import { reviewTable } from '../review/keymap';
import { shellTable } from '../shell/keymap';
import { chooseTable, sceneTable, shotsTable, shotTable } from '../shots/keymap';

/** everywhere is the table whose keys hold on every page. */
export const everywhere: KeyTable = shellTable;

/** tables are all of them in the order of the page. */
export const tables: readonly KeyTable[] = [
  reviewTable,
  notesTable,
  playTable,
  drawTable,
  shotsTable,
  boardTable,
  sceneTable,
  shotTable,
  chooseTable,
  listTable,
  everywhere,
];
