import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Planbot } from '../app/planbot.ts';
import type { AnswerPassage, AnswerRow } from '../model/answer.ts';
import type { Asked } from '../model/ask.ts';
import { AppError } from '../model/errors.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import type { ThreadContext } from '../model/query.ts';
import { type CommandIo, parseCommand, parseMoment, storeLocation, wrongUse } from './command.ts';
import { openPlanbot } from './open-planbot.ts';

const QuestionLine = z.union([
  z.object({ id: z.string(), q: z.string() }).transform(({ id, q }) => ({ id, turns: [q] })),
  z.object({ id: z.string(), turns: z.array(z.string()).min(1) }),
]);

/** `planbot ask`: one question, or a line of JSON each. */
export async function ask(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    json: { type: 'boolean' },
    jsonl: { type: 'boolean' },
    at: { type: 'string' },
  });
  if (values.jsonl ? positionals.length > 0 : positionals.length === 0) {
    throw wrongUse(values.jsonl ? '--jsonl では質問を標準入力から読みます' : '質問がありません');
  }
  const at = values.at === undefined ? io.now() : parseMoment(values.at);
  const planbot = await openPlanbot(storeLocation(values.data, io.env));
  try {
    if (values.jsonl) {
      await answerLines(planbot, at, io);
    } else {
      const question = positionals.join(' ');
      const { answer, understood, ms } = await answerTurns(planbot, [question], at);
      io.print(values.json ? JSON.stringify(answerLine(null, { answer, understood, ms })) : answer.text);
      if (answer.kind !== 'answered') {
        await planbot.store.unanswered.keep({ question, understood, outcome: answer.kind }, io.now());
      }
    }
  } finally {
    await planbot.close();
  }
}

async function answerLines(planbot: Planbot, at: Date, io: CommandIo): Promise<void> {
  let number = 0;
  for await (const text of createInterface({ input: Readable.from(io.input), crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') {
      continue;
    }
    const read = readLine(text, number);
    if ('fault' in read) {
      io.print(JSON.stringify(read));
      continue;
    }
    const asked = await answerTurns(planbot, read.turns, at);
    io.print(JSON.stringify(answerLine(read.id, asked)));
  }
}

/** A line that is no question gets a fault of its own; the others go on. */
function readLine(text: string, line: number): z.infer<typeof QuestionLine> | FaultLine {
  try {
    // Editors of Windows begin a file with a mark of its encoding.
    return QuestionLine.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (cause) {
    const message = '{"id","q"} か {"id","turns":[…]} の行ではありません';
    const fault = new AppError('unreadable_file', { message, file: '標準入力', line, text, cause });
    return { id: null, status: 'fault', fault: fault.toLine() };
  }
}

interface FaultLine {
  id: null;
  status: 'fault';
  fault: string;
}

/** The answer to the last turn, each turn asked with what the turns before it were about. */
async function answerTurns(
  planbot: Planbot,
  turns: readonly string[],
  at: Date,
): Promise<Asked & { ms: number }> {
  let context: ThreadContext | null = null;
  let asked: Asked | undefined;
  let ms = 0;
  for (const text of turns) {
    const start = performance.now();
    asked = await planbot.ask({ text, context, today: dayInTokyo(at) });
    ms = performance.now() - start;
    context = asked.context;
  }
  if (!asked) {
    throw wrongUse('質問がありません');
  }
  return { ...asked, ms };
}

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
