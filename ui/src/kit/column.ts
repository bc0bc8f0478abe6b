/**
 * Column is one head cell of a Table. num puts figures at the right; hide leaves it out on a phone; hush hides its name;
 * sort makes the head a button that orders the table.
 */
export interface Column {
  id: string;
  label: string;
  num?: boolean;
  hush?: boolean;
  hide?: boolean;
  width?: string;
  sort?: boolean;
}
