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

/** carriesText tells during a drag whether a text or a link comes along. */
export function carriesText(data: DataTransfer | null): boolean {
  const types = Array.from(data?.types ?? []);
  return types.includes('text/plain') || types.includes('text/uri-list');
}

/** textOf is the text of a drop or paste; of a dragged link its address. */
export function textOf(data: DataTransfer | null): string {
  return data?.getData('text/plain') || data?.getData('text/uri-list') || '';
}

/** isOfficePicture tells that the only picture is how an office program draws the cells or words that were copied. */
export function isOfficePicture(data: DataTransfer | null): boolean {
  return data?.files.length === 1 && /urn:schemas-microsoft-com|ProgId content=/i.test(data.getData('text/html'));
}

/** namePasted gives pasted pictures, which all arrive as image.png, a name of their own. */
export function namePasted(file: File, now: Date, n: number): File {
  if (file.name !== 'image.png') return file;
  const two = (x: number) => x.toString().padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return new File([file], `paste-${day}-${time}${n > 0 ? `-${n}` : ''}.png`, { type: file.type });
}
