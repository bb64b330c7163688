import type { Button, KnownBlock } from '@slack/web-api';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import { heading } from './home-headings.ts';
import { plain, plainText, section } from './text.ts';

/** home:ask:0, home:ask:1 …; the value is the question. */
export const HOME_ASK_ACTION = /^home:ask:\d+$/;

/** What the person asked last; a click asks it again in the direct message. */
export function homeQuestions({ recent }: HomeState): KnownBlock[] {
  const asked = recent.filter((question) => question !== '' && question.length <= LIMITS.buttonValue);
  if (asked.length === 0) {
    return [
      heading('最近の質問'),
      section('まだ質問はありません。「メッセージ」タブで、知りたいことをそのままお書きください。'),
    ];
  }
  const elements = asked.map(
    (question, index): Button => ({
      type: 'button',
      action_id: `home:ask:${index}`,
      text: plainText(question, LIMITS.buttonLabel),
      value: plain(question, LIMITS.buttonValue),
    }),
  );
  return [
    heading('最近の質問'),
    section('押すと、もう一度調べて「メッセージ」タブにお答えします。'),
    { type: 'actions', elements },
  ];
}
