import { extname } from 'node:path';
import { chartPng } from '../charts/chart-png.ts';
import { chartSvg } from '../charts/chart-svg.ts';
import { drawAnswer } from '../charts/draw-answer.ts';
import { AppError } from '../model/errors.ts';
import {
  type CommandIo,
  oneOf,
  parseCommand,
  parseMoment,
  storeLocation,
  writeOut,
  wrongUse,
} from './command.ts';
import { openPlanbot } from './open-planbot.ts';

/** `planbot chart`: what answers a question, as a picture in a file. */
export async function chart(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    out: { type: 'string' },
    at: { type: 'string' },
    force: { type: 'boolean' },
  });
  if (positionals.length === 0) {
    throw wrongUse('質問がありません');
  }
  if (!values.out) {
    throw wrongUse('書き出すファイルを --out で指定してください（.png か .svg）');
  }
  const kind = oneOf('--out の拡張子', extname(values.out).toLowerCase(), ['.png', '.svg']);
  const at = values.at === undefined ? io.now() : parseMoment(values.at);
  const planbot = await openPlanbot(storeLocation(values.data, io.env));
  try {
    const drawn = await drawAnswer(planbot, { text: positionals.join(' ') }, at);
    if ('why' in drawn) {
      throw new AppError('nothing_to_show', { message: `グラフにできません: ${drawn.why}` });
    }
    const svg = chartSvg(drawn.drawing);
    await writeOut(values.out, kind === '.svg' ? svg : await chartPng(svg), values.force);
    io.print(`${drawn.drawing.chart.title} を ${values.out} に書き出しました`);
  } finally {
    await planbot.close();
  }
}
