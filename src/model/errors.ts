/** Every fault planbot can name. A new fault gets a new code, never a reused one. */
export type ErrorCode =
  | 'bad_configuration'
  | 'bad_catalogue'
  | 'bad_facts'
  | 'unreadable_file'
  | 'unwritable_file'
  | 'nothing_to_show'
  | 'not_a_plan'
  | 'bad_import'
  | 'store_unavailable'
  | 'bad_backup'
  | 'index_unavailable'
  | 'slack_refused'
  | 'wrong_use';

export interface Fault {
  /** One line: what is wrong, for the person who can mend it. */
  message: string;
  file?: string | undefined;
  /** 1-based. */
  line?: number | undefined;
  /** The text at fault. */
  text?: string | undefined;
  cause?: unknown;
}

/** A fault that names its place: file, line and text. Expected outcomes are data, not errors. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly text: string | undefined;

  constructor(code: ErrorCode, fault: Fault) {
    super(fault.message, fault.cause === undefined ? undefined : { cause: fault.cause });
    this.name = 'AppError';
    this.code = code;
    this.file = fault.file;
    this.line = fault.line;
    this.text = fault.text;
  }

  /** The fault in one line, as the command line prints it. */
  toLine(): string {
    const place = this.file ? `${inOneLine(this.file)}${this.line ? `:${this.line}` : ''}: ` : '';
    const excerpt = this.text ? `: 「${inOneLine(this.text).slice(0, 80)}」` : '';
    return `${place}${inOneLine(this.message)}${excerpt}`;
  }
}

/** A file's name may hold line ends too, and marks that move a terminal's cursor or turn the writing direction. */
export function inOneLine(text: string): string {
  return text.replace(/[\s\u0085]+/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
}
