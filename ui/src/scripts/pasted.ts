/** Text that is pasted instead of a file. */

/** pastedFile makes a text into the file that it would be: UTF-8, named by the hour. */
export function pastedFile(text: string, name: string, now: Date): File {
  const two = (x: number) => x.toString().padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const stem = name.trim() || `paste ${day} ${two(now.getHours())}${two(now.getMinutes())}`;
  return new File([text], /\.(txt|fountain|md|text)$/i.test(stem) ? stem : `${stem}.txt`, { type: 'text/plain' });
}

/** firstLines is the beginning of a text, blank lines aside, for a look at whether it was decoded well. */
export function firstLines(lines: { text: string }[], most = 5): string[] {
  return lines.slice(0, most).map((line) => line.text.trim().slice(0, 80));
}
