import type { AnswerPassage, AnswerRow } from '../model/answer.ts';
import type { Asked } from '../model/ask.ts';

function rowLine(row: AnswerRow) {
  const { branch, fy, indicator, aspect, op, value, unit, relative, actual, asOf, source } = row;
  return {
    branch,
    fy,
    indicator,
    aspect,
    op,
    value,
    unit,
    relative,
    actual,
    as_of: asOf,
    source: { file: source.file, line: source.line },
  };
}

function passageLine({ file, from, to, text, score }: AnswerPassage) {
  return { file, from, to, text, score };
}

/** An answer as one JSON line; DESIGN, the command line, fixes the keys. `ms` is the time it took. */
export function answerLine(
  id: string | null,
  { answer, understood, ms }: Pick<Asked, 'answer' | 'understood'> & { ms: number },
) {
  const answered = answer.kind === 'answered';
  return {
    id,
    status: answer.kind,
    kind: answered ? answer.topic : null,
    understood,
    text: answer.text,
    rows: answered ? answer.rows.map(rowLine) : [],
    passages: answer.passages.map(passageLine),
    choices: answer.choices,
    ms: Math.round(ms * 1000) / 1000,
  };
}
