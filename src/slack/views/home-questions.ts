import type { Button, KnownBlock } from '@slack/web-api';
import { buttonValue, describeQuestion, questionOf } from '../button-question.ts';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import { heading } from './home-headings.ts';
import { plainString, plainTextElement, section } from './text.ts';

/** home:ask:0, home:ask:1 …; the value is what was asked. */
export const HOME_ASK_ACTION = /^home:ask:\d+$/;

/** What the person asked last; a click asks it again in the direct message. */
export function homeQuestions({ recent, catalogue }: HomeState): KnownBlock[] {
  const asked = recent.map(questionOf).flatMap((question) => {
    const { text, query } = question;
    const value = query === undefined ? plainString(text, LIMITS.buttonValue) : buttonValue(query);
    const isTalk = query?.facts === 'talk';
    return value === null || value === '' || isTalk
      ? []
      : [{ value, label: describeQuestion(question, catalogue) }];
  });
  if (asked.length === 0) {
    return [
      heading('最近の質問'),
      section('まだ質問はありません。「メッセージ」タブで、知りたいことをそのままお書きください。'),
    ];
  }
  const elements = asked.map(
    ({ label, value }, index): Button => ({
      type: 'button',
      action_id: `home:ask:${index}`,
      text: plainTextElement(label, LIMITS.buttonLabel),
      value,
    }),
  );
  return [
    heading('最近の質問'),
    section('押すと、もう一度調べて「メッセージ」タブにお答えします。'),
    { type: 'actions', elements },
  ];
}
