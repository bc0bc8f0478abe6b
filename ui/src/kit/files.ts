/** Files out of a drop, a paste or a picker. */

/** filesOf takes the files of a drop or paste; folders and texts are left out. */
export function filesOf(data: DataTransfer | null): File[] {
  if (!data) return [];
  return Array.from(data.files).filter((f) => f.size > 0 || f.type !== '');
}

/** carriesFiles tells during a drag whether files come along. */
export function carriesFiles(data: DataTransfer | null): boolean {
  return !!data && Array.from(data.types).includes('Files');
}

/** namePasted gives pasted pictures, which all arrive as image.png, a name of their own. */
export function namePasted(file: File, now: Date, n: number): File {
  if (file.name !== 'image.png') return file;
  const two = (x: number) => x.toString().padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return new File([file], `paste-${day}-${time}${n > 0 ? `-${n}` : ''}.png`, { type: file.type });
}
