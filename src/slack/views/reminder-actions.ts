import type { KnownBlock } from '@slack/web-api';
import type { OutboxMessage } from '../../model/outbox.ts';
import { parsePeriodCode } from '../../model/reporting-period.ts';
import { type ReportHint, reportButton } from './report-button.ts';
import { plainText } from './text.ts';

/** Action ids of the buttons under a reminder; their block's id tells which message they act on. */
export const REMINDER_ACTIONS = {
  acknowledge: 'reminder:acknowledge',
  snooze: 'reminder:snooze',
  snoozeUntil: 'reminder:snooze_until',
  assign: 'reminder:assign',
} as const;

export const SNOOZE_CHOICES = { tomorrow: '明日まで', next_week: '来週まで' } as const;

const BLOCK = /^reminder:(\d+)$/;

/** The outbox's number of the message that people act on, by a block of buttons belongs to; null for any other block. */
export function messageIdOf(blockId: string): number | null {
  const id = BLOCK.exec(blockId)?.[1];
  return id === undefined ? null : Number(id);
}

export function reminderActions(message: OutboxMessage): KnownBlock[] {
  const { subject, followUp } = message;
  const options = Object.entries(SNOOZE_CHOICES).map(([value, label]) => ({
    text: plainText(label, 75),
    value,
  }));
  return [
    {
      type: 'actions',
      block_id: `reminder:${subject}`,
      elements: [
        ...(followUp === 'acknowledged'
          ? []
          : [
              {
                type: 'button' as const,
                action_id: REMINDER_ACTIONS.acknowledge,
                text: plainText('確認しました', 75),
                style: 'primary' as const,
              },
            ]),
        {
          type: 'static_select',
          action_id: REMINDER_ACTIONS.snooze,
          placeholder: plainText('延期する', 150),
          options,
        },
        {
          type: 'datepicker',
          action_id: REMINDER_ACTIONS.snoozeUntil,
          placeholder: plainText('延期する日を選ぶ', 150),
        },
        {
          type: 'users_select',
          action_id: REMINDER_ACTIONS.assign,
          placeholder: plainText('担当を変える', 150),
        },
        ...(message.audience === 'branch' ? [reportButton(reportHint(message))] : []),
      ],
    },
  ];
}

/** The quarter whose report is missing; else the form's own choice. */
function reportHint({ branch, items }: OutboxMessage): ReportHint {
  const missing = items.find(({ reminder, resolvedAt }) => reminder.kind === 'report_overdue' && !resolvedAt);
  const period = missing ? parsePeriodCode(missing.reminder.period) : null;
  return { branch, ...period };
}
