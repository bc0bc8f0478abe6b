/** Dragging a picture out of the page: a file manager takes the original under its own name. */
import type { RefPicture } from './sheets';
import { pictureOf } from './sheets';

/** dragOut tells the other end of a drag where the original is. Chromium saves it; others take the picture that is shown. */
export function dragOut(e: DragEvent, sheet: string, picture: RefPicture): void {
  const url = new URL(pictureOf(sheet, picture, 'original'), location.href).href;
  e.dataTransfer?.setData('DownloadURL', `${picture.media.type}:${picture.file.replaceAll(':', '_')}:${url}`);
  if (e.dataTransfer) e.dataTransfer.effectAllowed = 'copy';
}
