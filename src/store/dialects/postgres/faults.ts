import { AppError } from '../../../model/errors.ts';

/** SQLSTATE or the code of Node's own fault, as a whole or from its beginning; what comes first counts. */
const REASONS: readonly (readonly [codes: RegExp, message: string])[] = [
  [/^28/, 'データベースに入れません。利用者名とパスワードを確かめてください'],
  [/^3D000/, 'その名前のデータベースがありません。作成するか、名前を確かめてください'],
  [/^42501/, 'データベースでの権限が足りません。表を作り、読み書きできる利用者にしてください'],
  [/^25006/, 'データベースに書き込めません。予備のサーバーにつながっていないか確かめてください'],
  [/^53100|^53200/, 'データベースのサーバーに、ディスクかメモリーの空きがありません'],
  [/^53300|^POOL_FULL/, 'データベースが混み合っています。しばらくしてからやり直してください'],
  [/^(?:40001|40P01|55P03)/, 'データベースが他の処理で使用中です。しばらくしてからやり直してください'],
  [/^(?:57014|25P03)/, 'データベースの処理に時間がかかりすぎたため、やめました。やり直してください'],
  [
    /^(?:.*CERT.*|UNABLE_TO_.*|NO_TLS)$/,
    'データベースと安全に通信できません。PGSSLMODE と PGSSLROOTCERT の証明書を確かめてください',
  ],
  [
    /^(?:08|57P|E[A-Z]+$|CUT_OFF)/,
    'データベースにつながりません。サーバーが動いているかと、アドレスを確かめてください',
  ],
];

/** What pg says in words only. */
const WORDS: readonly (readonly [words: RegExp, code: string])[] = [
  [/timeout exceeded when trying to connect/i, 'POOL_FULL'],
  [/connection terminated|not queryable|client was closed/i, 'CUT_OFF'],
  [/does not support SSL/i, 'NO_TLS'],
];

/** A conflict with another transaction, or a connection that was lost: the next try may find all well. */
const PASSING = /^(?:40001|40P01|57P0[1-3]|08|CUT_OFF|ECONNRESET|EPIPE|ECONNREFUSED|25P03)/;

export function isPassing(cause: unknown): boolean {
  return PASSING.test(codeOf(cause));
}

export function postgresFault(cause: unknown, label: string): AppError {
  if (cause instanceof AppError) return cause;
  const code = codeOf(cause);
  const said = cause instanceof Error ? cause.message : String(cause);
  const reason = REASONS.find(([codes]) => codes.test(code))?.[1];
  const message = reason ?? `データベースの処理に失敗しました（${said}）`;
  return new AppError('store_unavailable', { message, file: label, cause });
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  // Where a name has several addresses, Node tells of each.
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return WORDS.find(([words]) => words.test(cause.message))?.[1] ?? '';
}
