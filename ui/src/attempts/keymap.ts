/** The keys of the draw desk. */
import { keyTable } from '../lib/keytable';

export const drawTable = keyTable('nav.draw', [
  { id: 'draw.next-shot', keys: 'ArrowDown', label: 'attempts.key.nextShot' },
  { id: 'draw.previous-shot', keys: 'ArrowUp', label: 'attempts.key.previousShot' },
  { id: 'draw.log', keys: 'f', label: 'attempts.form.title' },
  { id: 'draw.carry', keys: 'r', label: 'attempts.form.carry' },
  { id: 'draw.copy-prompt', keys: 'c', label: 'attempts.copyPrompt' },
  { id: 'draw.text', keys: 'v', label: 'capture.paste' },
  { id: 'draw.report', keys: 'u', label: 'capture.report' },
  { id: 'draw.next', keys: 'j', label: 'attempts.key.next' },
  { id: 'draw.previous', keys: 'k', label: 'attempts.key.previous' },
  { id: 'draw.inspect', keys: 'i', label: 'inspect.title' },
  { id: 'draw.reuse', keys: 'r', label: 'inspect.reuse' },
  { id: 'draw.reuse-new', keys: 'R', label: 'inspect.reuseNew' },
  { id: 'draw.stack', keys: 's', label: 'inspect.stack.switch' },
  { id: 'draw.edit', keys: 'e', label: 'act.edit' },
  { id: 'draw.move', keys: 'm', label: 'attempts.move' },
  { id: 'draw.delete', keys: ['Delete', 'Backspace'], label: 'act.delete' },
]);
