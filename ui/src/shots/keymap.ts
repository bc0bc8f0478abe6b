/** The keys of a title's shots: of every list of them, of the list of all, of a scene's on its episode's page, of one shot. */
import { listTable } from '../kit/keymap';
import { keyTable } from '../lib/keytable';

export const chooseTable = keyTable(
  'keys.group.choose',
  [
    { id: 'shots.choose', keys: 'x', label: 'shots.key.choose' },
    { id: 'shots.all', keys: 'Mod+a', label: 'shots.key.all' },
    { id: 'shots.assign', keys: 'a', label: 'shots.assign' },
  ],
  [listTable],
);

export const shotsTable = keyTable(
  'nav.shots',
  [
    { id: 'shots.choose-down', keys: ['J', 'Shift+ArrowDown'], label: 'shots.key.down' },
    { id: 'shots.choose-up', keys: ['K', 'Shift+ArrowUp'], label: 'shots.key.up' },
    { id: 'shots.draw', keys: 'd', label: 'shots.draw' },
  ],
  [chooseTable, listTable],
);

export const sceneTable = keyTable(
  'keys.group.scene',
  [
    { id: 'scene.add', keys: 'n', label: 'shots.add' },
    { id: 'scene.insert', keys: 'N', label: 'shots.insert' },
    { id: 'scene.edit', keys: 'e', label: 'act.edit' },
    { id: 'scene.up', keys: ['Alt+ArrowUp', 'Alt+k'], label: 'shots.up' },
    { id: 'scene.down', keys: ['Alt+ArrowDown', 'Alt+j'], label: 'shots.down' },
    { id: 'scene.split', keys: 's', label: 'shots.split' },
    { id: 'scene.propose', keys: 'p', label: 'board.propose' },
    { id: 'scene.paste', keys: 'v', label: 'shots.paste' },
    { id: 'scene.delete', keys: ['d', 'Delete'], label: 'act.delete' },
  ],
  [chooseTable, listTable],
);

export const shotTable = keyTable('shots.one', [
  { id: 'shot.next', keys: ['j', 'ArrowRight'], label: 'shots.key.next' },
  { id: 'shot.previous', keys: ['k', 'ArrowLeft'], label: 'shots.key.previous' },
  { id: 'shot.edit', keys: 'e', label: 'act.edit' },
  { id: 'shot.draw', keys: 'd', label: 'shots.draw' },
  { id: 'shot.review', keys: 'v', label: 'shots.review' },
  { id: 'shot.lock', keys: 'l', label: 'shots.lock' },
  { id: 'shot.unlock', keys: 'l', label: 'shots.unlock' },
  { id: 'shot.rework', keys: 'b', label: 'shots.rework' },
]);
