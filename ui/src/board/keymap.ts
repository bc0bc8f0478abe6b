/** The keys of an episode's board. */
import { keyTable } from '../lib/keytable';

export const boardTable = keyTable('board.title', [
  { id: 'board.right', keys: ['ArrowRight', 'l'], label: 'board.key.right' },
  { id: 'board.left', keys: ['ArrowLeft', 'h'], label: 'board.key.left' },
  { id: 'board.down', keys: ['ArrowDown', 'j'], label: 'board.key.down' },
  { id: 'board.up', keys: ['ArrowUp', 'k'], label: 'board.key.up' },
  { id: 'board.later', keys: ['Alt+ArrowRight', 'Alt+ArrowDown'], label: 'board.key.later' },
  { id: 'board.earlier', keys: ['Alt+ArrowLeft', 'Alt+ArrowUp'], label: 'board.key.earlier' },
  { id: 'board.draw', keys: 'd', label: 'shots.draw' },
  { id: 'board.propose', keys: 'p', label: 'board.propose' },
]);
