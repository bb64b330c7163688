import type { z } from 'zod';

function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step)}`).join('');
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    root,
  );
}

function explain(issue: z.core.$ZodIssue, root: unknown): string {
  const at = `[json-pointer:${pointer(issue.path)}]`;
  const last = String(issue.path.at(-1) ?? '');
  switch (issue.code) {
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')} ${at}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `no more than ${issue.maximum} items allowed ${at}`
        : `must be less than ${Number(issue.maximum) + 1} ${issue.origin === 'string' ? 'characters ' : ''}${at}`;
    case 'too_small':
      return issue.origin === 'array'
        ? `no fewer than ${issue.minimum} items allowed ${at}`
        : `must be more than ${Number(issue.minimum) - 1} ${issue.origin === 'string' ? 'characters ' : ''}${at}`;
    case 'invalid_type':
      return valueAt(root, issue.path) === undefined
        ? `missing required field: ${last} [json-pointer:${pointer(issue.path.slice(0, -1))}]`
        : `must provide a ${issue.expected} ${at}`;
    case 'invalid_union':
      return valueAt(root, issue.path) === undefined
        ? `missing required field: ${last} [json-pointer:${pointer(issue.path.slice(0, -1))}]`
        : `unsupported type: ${String(valueAt(root, issue.path))} ${at}`;
    default:
      return `${issue.message} ${at}`;
  }
}

/** Slack's words for what is wrong: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], root: unknown): string[] {
  return issues.map((issue) => explain(issue, root));
}
