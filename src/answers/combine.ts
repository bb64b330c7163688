import type { Answer } from '../model/answer.ts';
import { answered, clarify, notFound } from './card.ts';

export function withNote(answer: Answer, note: string | null): Answer {
  if (answer.kind !== 'answered' || note === null || note === '') return answer;
  return answered({ ...answer, lines: answer.lines, notes: [note, answer.note] });
}

/** Where no question has an answer, each is told why. */
function noneOf(answers: readonly Answer[]): Answer {
  const refused = answers.flatMap((answer) => (answer.kind === 'answered' ? [] : [answer]));
  const texts = [...new Set(refused.map(({ text }) => text))];
  const choices = refused.flatMap((answer) => answer.choices);
  const text = texts.length === 0 ? '資料に見つかりませんでした。' : texts.join('\n\n');
  return refused.some(({ kind }) => kind === 'clarify') ? clarify(text, choices) : notFound(text, choices);
}

/** Several answers to one message in one card; each keeps its own text. */
export function combine(answers: readonly Answer[]): Answer {
  const good = answers.filter((answer) => answer.kind === 'answered');
  // 「今どんな感じ？目標に届いてる？」 asks for one card twice.
  const seen = new Set<string>();
  const different = good.filter(({ title, headline, lines }) => {
    const key = JSON.stringify([title, headline, lines]);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  const [first, ...others] = different;
  if (first === undefined) return noneOf(answers);
  if (answers.length === 1 || (different.length === 1 && good.length === answers.length)) return first;
  const failed = answers.filter((answer) => answer.kind !== 'answered');
  return answered({
    ...first,
    // What one of several answers draws would hide the words of the others.
    table: null,
    chart: null,
    lines: [
      ...first.lines,
      ...others.flatMap((answer) => [
        '',
        answer.title,
        ...(answer.headline === null ? [] : [answer.headline]),
        ...answer.details.map(({ label, value }) => `${label}：${value}`),
        ...answer.lines,
      ]),
      ...failed.flatMap((answer) => ['', answer.text]),
    ],
    notes: [first.note, ...others.map(({ note }) => (note === first.note ? null : note))],
    rows: good.flatMap(({ rows }) => rows),
    passages: answers.flatMap(({ passages }) => passages),
    sources: good.flatMap(({ sources }) => sources),
    choices: [...good.flatMap(({ choices }) => choices), ...failed.flatMap(({ choices }) => choices)],
  });
}

/** The answers to the questions of one message; where one has none, it is said first which are answered. */
export function combineQuestions(answers: readonly Answer[]): Answer {
  const answer = combine(answers);
  const places = (wanted: boolean) =>
    answers.flatMap(({ kind }, at) => ((kind === 'answered') === wanted ? [`${at + 1}つ目`] : [])).join('・');
  if (answer.kind !== 'answered' || places(false) === '') return answer;
  const said = `ご質問は${answers.length}つと読みました。お答えできるのは${places(true)}です（${places(false)}は下のとおり）。`;
  const headline = answer.headline === null ? said : `${said}\n${answer.headline}`;
  return answered({ ...answer, headline, lines: answer.lines, notes: [answer.note] });
}
