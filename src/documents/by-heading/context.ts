import type { BudgetLine } from '../../model/budget-line.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import type { FiscalYear } from '../../model/fiscal-year.ts';
import type { Kpi, ReferenceActual } from '../../model/kpi.ts';
import type { Count } from '../../model/measure.ts';
import type { Doubt } from '../../model/plan-document.ts';
import type { Source } from '../../model/source.ts';
import type { DocumentForm } from '../formats/form.ts';
import type { IndicatorNames } from '../kpi/indicator-names.ts';
import { type Line, notTaken } from '../lines.ts';
import type { MeasureLine } from '../progress/measures.ts';
import { type About, OTHER_INSURER } from './recognise.ts';

/** What a table or a stretch of text is read in. */
export interface Context {
  about: About;
  form: DocumentForm;
  catalogue: Catalogue;
  names: IndicatorNames;
  /** The document sets the plans of two years beside each other: it says what each of them states. */
  comparesPlans: boolean;
  /** Lines right above, parted by line feeds: the table's title, its unit. */
  caption: string;
  /** Headings above, outermost first. */
  section: string[];
  /** Unit of amounts that a line near it states, in yen; null where none does. */
  scale: number | null;
}

/** Text that states the plan of a branch and year, in the cells of a table that sets several beside each other. */
export interface PlanText {
  branch: string;
  fy: FiscalYear;
  lines: Line[];
  section: string[];
}

export interface Findings {
  kpis: Kpi[];
  referenceActuals: ReferenceActual[];
  budgets: BudgetLine[];
  counts: Count[];
  measures: MeasureLine[];
  plans: PlanText[];
  doubts: Doubt[];
}

export function noFindings(): Findings {
  return { kpis: [], referenceActuals: [], budgets: [], counts: [], measures: [], plans: [], doubts: [] };
}

export function sourceAt(
  { about, form }: Pick<Context, 'about' | 'form'>,
  line: number,
  column?: number,
): Source {
  const place = form.placeOf(line, column);
  return {
    file: about.file,
    line,
    page: form.pageOf(line),
    title: about.title,
    ...(place === null ? {} : { place }),
  };
}

export function doubtAt(
  { about }: Pick<Context, 'about'>,
  line: number,
  text: string,
  reason: string,
): Doubt {
  return notTaken(about.file, { number: line, text: text.replace(/\s+/g, ' ') }, reason);
}

/** What is said of another insurer is no figure of a branch. */
export function isOfOtherInsurer(text: string): boolean {
  return OTHER_INSURER.test(text);
}
