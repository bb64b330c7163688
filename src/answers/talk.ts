import type { Answer } from '../model/answer.ts';
import type { QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { answered, choice, clarify } from './card.ts';
import { findIndicator, nameOf, type Sources } from './look-up.ts';

const EXAMPLES = [
  '東京支部のジェネリックの目標は？',
  '令和3年度の郵送化率を全支部で高い順に並べて',
  '東京の遅れているKPIは？',
];

/** Greetings, thanks, help: short and useful. */
export function answerTalk({ about }: QuestionOf<'talk'>): Answer {
  const choices = EXAMPLES.map((example) => choice(example, example));
  switch (about) {
    case 'thanks':
      return answered({
        topic: 'thanks',
        title: 'どういたしまして。ほかにもお調べしますので、お気軽にお尋ねください。',
      });
    case 'greeting':
      return answered({
        topic: 'greeting',
        title: 'こんにちは。事業計画とKPIについて、出典をつけてお答えします。',
        choices,
      });
    case 'too_long':
      return clarify('質問が長すぎるようです。500文字までで、知りたいことを1つずつお尋ねください。', choices);
    case 'empty':
      return clarify('質問を書いてください。例：東京支部のジェネリックの目標は？', choices);
    case 'help':
      return answered({
        topic: 'help',
        title: '事業計画とKPIについて、出典をつけてお答えします。',
        lines: [
          '・1つの数値：「東京支部のジェネリックの目標は？」',
          '・比較と順位：「富山と新潟の郵送化率を比べて」「査定率の目標を高い順に」',
          '・条件：「ジェネリックの目標が80％以上の支部は？」',
          '・進捗と予算：「東京の窓口受付率は目標を達成できてる？」「東京の広報関連予算の合計は？」',
          '・計画の内容：「富山は扶養家族の健診をどう進める？」',
          '支部名、年度（令和7年度、R7、2025年度）、指標名をことばで書いてください。続けて「じゃあ青森は？」のようにも尋ねられます。',
        ],
        choices,
      });
  }
}

/** What an indicator measures. */
export function answerDefinition({ indicators }: QuestionOf<'definition'>, { catalogue }: Sources): Answer {
  const lines = indicators.flatMap((id) => {
    const indicator = findIndicator(catalogue, id);
    return indicator === null ? [] : [`${indicator.name}：${indicator.definition}`];
  });
  const [first] = indicators;
  if (first === undefined || lines.length === 0) return clarify('指標の説明が用意されていません。', []);
  return answered({
    topic: 'definition',
    title: `${indicators.map((id) => nameOf(catalogue, id)).join('、')}とは`,
    lines,
    choices: [
      choice(
        '全支部の目標を見る',
        formatQuestion(
          {
            kind: 'rank',
            branches: [],
            fy: null,
            indicators: [first],
            aspect: 'target',
            order: 'high',
            top: null,
            standing: null,
          },
          catalogue,
        ),
      ),
    ],
  });
}
