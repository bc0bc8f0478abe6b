/** How large pictures are shown and what of them: shared by panes, so that all look at the same spot. */

/** Box is where a picture lies inside its pane, in pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const levels = [0, 1, 2];

export class Zoom {
  /** scale is screen pixels for each of the picture; 0 fits it into the pane. */
  scale = $state(0);
  /** x and y are the point of the picture in the middle of the pane, as parts of its width and height. */
  x = $state(0.5);
  y = $state(0.5);

  /** cycle goes from fitting to 100 % to 200 % and back. */
  cycle(): void {
    const at = levels.indexOf(this.scale);
    this.scale = levels[(at + 1) % levels.length] ?? 0;
    if (this.scale === 0) this.fit();
  }

  fit(): void {
    this.scale = 0;
    this.x = 0.5;
    this.y = 0.5;
  }

  /** look moves the point in the middle, kept inside the picture. */
  look(x: number, y: number): void {
    this.x = Math.max(0, Math.min(1, x));
    this.y = Math.max(0, Math.min(1, y));
  }
}

/** place is where a picture of so many pixels lies in a pane; `dense` is the screen's pixels for each of the page. */
export function place(
  pane: { width: number; height: number },
  picture: { width: number; height: number },
  zoom: { scale: number; x: number; y: number },
  dense = 1,
): Box {
  if (pane.width <= 0 || pane.height <= 0 || picture.width <= 0 || picture.height <= 0)
    return { left: 0, top: 0, width: 0, height: 0 };
  const fit = Math.min(pane.width / picture.width, pane.height / picture.height);
  const by = zoom.scale === 0 ? fit : zoom.scale / dense;
  const width = picture.width * by;
  const height = picture.height * by;
  return { left: along(pane.width, width, zoom.x), top: along(pane.height, height, zoom.y), width, height };
}

// A picture smaller than its pane stands in the middle; a larger one leaves no gap at its edges.
function along(pane: number, size: number, part: number): number {
  if (size <= pane) return (pane - size) / 2;
  return Math.max(pane - size, Math.min(0, pane / 2 - part * size));
}
