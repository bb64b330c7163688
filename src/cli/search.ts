import type { PassageHit } from '../model/passage.ts';
import { type CommandIo, parseCommand, storeLocation, wrongUse } from './command.ts';
import { openPlanbot } from './open-planbot.ts';

const MAX_TOP = 100;

/** `planbot search`: plan text, best first. */
export async function search(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    top: { type: 'string', default: '5' },
    json: { type: 'boolean' },
  });
  if (positionals.length === 0) {
    throw wrongUse('探す語句がありません');
  }
  const limit = Number(values.top);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_TOP) {
    throw wrongUse(`--top は1から${MAX_TOP}までの整数にしてください: ${values.top}`);
  }
  const planbot = await openPlanbot(storeLocation(values.data, io.env));
  try {
    const passages = await planbot.openPassages();
    const hits = passages.search({ text: positionals.join(' '), limit });
    if (values.json) {
      for (const hit of hits) {
        io.print(JSON.stringify(hitLine(hit)));
      }
    } else {
      io.print(hits.length > 0 ? hits.map(formatHit).join('\n\n') : '資料に見つかりません。');
    }
  } finally {
    await planbot.close();
  }
}

function hitLine({ passage, score }: PassageHit) {
  const { file, title, branch, fy, section, from, to, page, text } = passage;
  return { file, title, branch, fy, section, from, to, page, text, score };
}

function formatHit({ passage }: PassageHit, index: number): string {
  const { title, section, from, to, text } = passage;
  const path = section.length > 0 ? `\n${section.join(' > ')}` : '';
  return `${index + 1}. ${title} ${from}～${to}行目${path}\n${text}`;
}
