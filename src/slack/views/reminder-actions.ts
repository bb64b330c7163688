import type { Button, KnownBlock, Overflow } from '@slack/web-api';
import { z } from 'zod';
import type { OutboxMessage } from '../../model/outbox.ts';
import type { Reminder, ReminderKind } from '../../model/reminder.ts';
import { parsePeriodCode } from '../../model/reporting-period.ts';
import { LIMITS } from '../limits.ts';
import { type ReportHint, reportButton } from './report-button.ts';
import { plainTextElement } from './text.ts';

/** Action ids of the buttons under a reminder; their block's id tells which message they act on. */
export const REMINDER_ACTIONS = {
  acknowledge: 'reminder:acknowledge',
  snooze: 'reminder:snooze',
  snoozeUntil: 'reminder:snooze_until',
  assign: 'reminder:assign',
  decide: 'reminder:decide',
  explain: 'reminder:explain',
} as const;

export const SNOOZE_CHOICES = { tomorrow: '明日まで', next_week: '来週まで' } as const;

const BLOCK = /^reminder:(\d+)(?::.*)?$/;

/** The outbox's number of the message that people act on, by a block of buttons belongs to; null for any other block. */
export function messageIdOf(blockId: string): number | null {
  const id = BLOCK.exec(blockId)?.[1];
  return id === undefined ? null : Number(id);
}

/** What the control beside one item says: the decision, and the thing it is of. */
export const ItemChoice = z.strictObject({
  decision: z.enum(['done', 'cancelled', 'moved', 'taken_back']),
  series: z.string().min(1),
});
export type ItemChoice = z.infer<typeof ItemChoice>;

export function itemChoiceValue({ decision, series }: ItemChoice): string {
  return `${decision}:${series}`;
}

/** Null for a value that is no choice. */
export function readItemChoice(value: string): ItemChoice | null {
  const at = value.indexOf(':');
  return ItemChoice.safeParse({ decision: value.slice(0, at), series: value.slice(at + 1) }).data ?? null;
}

const DONE: Partial<Record<ReminderKind, string>> = {
  report_overdue: '報告済みにする',
  budget_over: '対応済みにする',
};
const PROMISE = { done: '実施済み', cancelled: '中止', moved: '時期を変える' } as const;

/** What a person decided of one thing can be taken back. */
export function takeBackControl({ series }: Reminder): Button {
  return {
    type: 'button',
    action_id: REMINDER_ACTIONS.decide,
    text: plainTextElement('取り消す', LIMITS.buttonLabel),
    value: itemChoiceValue({ decision: 'taken_back', series }),
  };
}

/** What can be said of one thing; null where only its figures tell. */
export function itemControl({ kind, series, audience }: Reminder): Button | Overflow | null {
  if (audience !== 'branch') return null;
  if (kind === 'commitment_due' || kind === 'commitment_overdue') {
    const options = Object.entries(PROMISE).map(([decision, label]) => ({
      text: plainTextElement(label, 75),
      value: itemChoiceValue({ decision: decision as keyof typeof PROMISE, series }),
    }));
    return { type: 'overflow', action_id: REMINDER_ACTIONS.decide, options };
  }
  const label = DONE[kind];
  return label === undefined
    ? null
    : {
        type: 'button',
        action_id: REMINDER_ACTIONS.decide,
        text: plainTextElement(label, LIMITS.buttonLabel),
        value: itemChoiceValue({ decision: 'done', series }),
      };
}

export function reminderActions(message: OutboxMessage): KnownBlock[] {
  const { subject, followUp } = message;
  const options = Object.entries(SNOOZE_CHOICES).map(([value, label]) => ({
    text: plainTextElement(label, 75),
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
                text: plainTextElement('確認しました', 75),
                style: 'primary' as const,
              },
            ]),
        {
          type: 'static_select',
          action_id: REMINDER_ACTIONS.snooze,
          placeholder: plainTextElement('延期する', 150),
          options,
        },
        {
          type: 'datepicker',
          action_id: REMINDER_ACTIONS.snoozeUntil,
          placeholder: plainTextElement('延期する日を選ぶ', 150),
        },
        {
          type: 'users_select',
          action_id: REMINDER_ACTIONS.assign,
          placeholder: plainTextElement('担当を変える', 150),
        },
        ...(message.items.some(({ reminder, resolvedAt }) => reminder.kind === 'kpi_behind' && !resolvedAt)
          ? [
              {
                type: 'button' as const,
                action_id: REMINDER_ACTIONS.explain,
                text: plainTextElement('計算と出典', 75),
              },
            ]
          : []),
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
