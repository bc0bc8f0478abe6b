/** What a page gives to a chart. Which lines are off and whether the table is shown stand in the address. */
import type { Line } from './lines';
import type { Unit } from './unit';

export interface ChartProps {
  title: string;
  /** subject is whose figures these are: the heading of the page, said again where it does not stand. */
  subject?: string;
  lines: Line[];
  unit: Unit;
  thresholds?: number[];
  log?: boolean;
  aligned?: boolean;
  /** days is how many days are shown, 0 for all. */
  days?: number;
  /** notes say what is not drawn, or how to read it. */
  notes?: string[];
}
