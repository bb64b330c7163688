import type { PlainTextOption } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import { LIMITS } from '../limits.ts';
import { plainTextElement } from './text.ts';

/** Action ids of selects whose options planbot fills in while somebody types. */
export const PICKERS = { branch: 'pick:branch', indicator: 'pick:indicator', year: 'pick:year' } as const;

/** Slack takes no longer value: a KPI with a very long name of its own cannot be picked. */
const OPTION_VALUE = 150;

export interface Offer {
  label: string;
  value: string;
}

/** As many as Slack shows at once. */
export function optionsOf(of: readonly Offer[]): PlainTextOption[] {
  return of
    .filter(({ value }) => value !== '' && value.length <= OPTION_VALUE)
    .slice(0, LIMITS.options)
    .map(({ label, value }) => option(label, value));
}

export function branchOption(branch: string): PlainTextOption {
  return { text: plainTextElement(formatBranch(branch), LIMITS.buttonLabel), value: branch };
}

export function yearOption(fy: FiscalYear): PlainTextOption {
  return { text: plainTextElement(formatFiscalYear(fy), LIMITS.buttonLabel), value: String(fy) };
}

export function option(label: string, value: string): PlainTextOption {
  return { text: plainTextElement(label, LIMITS.buttonLabel), value };
}
