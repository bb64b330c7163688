import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/model/errors.ts';
import { ingested } from './made-up-plan.ts';

const TITLE = '令和7年度 青森支部事業計画';

/** 青森7 mail_rate >= 95 for each row, in order. */
function rows(text: string): string[] {
  return ingested(text).kpis.map(({ branch, fy, indicator, target }) =>
    [branch + fy, indicator, target.op, target.value, target.relative]
      .filter((cell) => cell !== null)
      .join(' '),
  );
}

const MAIL = '■KPI：申請書の郵送化率を95％以上とする';

describe('which plan it is', () => {
  it.each([
    [
      'a running title that names two years is no pair of columns',
      `${TITLE}\n令和6年度第3回評議会 令和7年度計画\n■KPI：ジェネリック医薬品使用割合を80.3％以上とする\n令和6年度第3回評議会 令和7年度計画\n${MAIL}`,
      ['青森7 generic_rate >= 80.3', '青森7 mail_rate >= 95'],
    ],
    [
      'plans one after another, each titled by its branch',
      `${TITLE}\n${MAIL}\n令和7年度 岩手支部事業計画\n■KPI：申請書の郵送化率を96％以上とする`,
      ['青森7 mail_rate >= 95', '岩手7 mail_rate >= 96'],
    ],
    [
      'the same with western years',
      `2025年度 事業計画（青森支部）\n${MAIL}\n2025年度 事業計画（岩手支部）\n${MAIL}`,
      ['青森7 mail_rate >= 95', '岩手7 mail_rate >= 95'],
    ],
    [
      'the head office among them',
      `令和7年度 事業計画（本部）\n${MAIL}\n令和7年度 事業計画（青森支部）\n${MAIL}`,
      ['本部7 mail_rate >= 95', '青森7 mail_rate >= 95'],
    ],
    [
      'the year of the meeting is not the plan’s',
      `令和６年度 第３回評議会 青森支部事業計画について\n令和７年度 事業計画（案）\n${MAIL}`,
      ['青森7 mail_rate >= 95'],
    ],
    ['kanji numerals', `令和八年度 青森支部事業計画\n${MAIL}`, ['青森8 mail_rate >= 95']],
    ['both calendars', `2026（令和８）年度 青森支部事業計画\n${MAIL}`, ['青森8 mail_rate >= 95']],
    ['the head office alone', `令和７年度 本部事業計画\n${MAIL}`, ['本部7 mail_rate >= 95']],
  ])('%s', (_, text, expected) => {
    expect(rows(text)).toEqual(expected);
  });

  it('asks for a sidecar rather than take the year of a figure it looks back on', () => {
    expect(() => ingested(`青森支部事業計画\n令和2年度の実績を踏まえて取り組む。\n${MAIL}`)).toThrow(
      AppError,
    );
  });

  it('leaves out the plan of an unknown branch, and says so', () => {
    const document = ingested(
      `令和7年度 事業計画（青森支部）\n${MAIL}\n令和7年度 事業計画（架空支部）\n${MAIL}`,
    );
    expect(document.kpis.map(({ branch }) => branch)).toEqual(['青森']);
    expect(document.doubts).toMatchObject([{ kind: 'not_taken', line: 3 }]);
  });

  it('keeps the first of two plans of one branch and year, and says where the other differs', () => {
    const again = '■KPI：申請書の郵送化率を96％以上とする';
    const document = ingested(
      ['青森', '岩手', '青森']
        .map((name, n) => `令和7年度 事業計画（${name}支部）\n${n < 2 ? MAIL : again}`)
        .join('\n'),
    );
    expect(document.kpis.filter(({ branch }) => branch === '青森')).toHaveLength(1);
    expect(document.doubts).toMatchObject([{ kind: 'conflict', line: 6 }]);
  });
});

describe('which KPIs a statement holds', () => {
  it.each([
    [
      'two items on a line',
      '■KPI：①サービススタンダードの達成状況を100％とする　②申請書の郵送化率を95.0％以上とする',
      ['service_standard = 100', 'mail_rate >= 95'],
    ],
    [
      'two sentences',
      '■KPI：サービススタンダードの達成状況を100％とする。申請書の郵送化率を95.0％以上とする。',
      ['service_standard = 100', 'mail_rate >= 95'],
    ],
    [
      'one rate of two groups',
      '■KPI：特定保健指導実施率を被保険者20.0％以上、被扶養者8.0％以上とする',
      ['guidance_insured >= 20', 'guidance_dependents >= 8'],
    ],
    [
      'a share and a number',
      '■KPI：健康保険委員が委嘱されている事業所の被保険者数の割合を40.0％以上、委嘱事業所数を対前年度以上とする',
      ['committee_coverage >= 40', 'committee_offices >= prev_year'],
    ],
    [
      'a list of bullets',
      '■KPI：\n・サービススタンダードの達成状況を100％とする\n・申請書の郵送化率を95.0％以上とする\n・別の取組を進める。',
      ['service_standard = 100', 'mail_rate >= 95'],
    ],
    [
      'figures of a name are no second KPI',
      '■KPI：柔道整復施術療養費の申請に占める、施術箇所３部位以上、かつ月15日以上の申請の割合を対前年度以下とする',
      ['judo_rate <= prev_year'],
    ],
    [
      'a level and last year’s at once',
      '■KPI：ジェネリック医薬品使用割合を85.0％以上かつ対前年度以上とする',
      ['generic_rate >= 85 prev_year'],
    ],
    [
      'last year’s target behind it',
      '■KPI：ジェネリック医薬品使用割合を80.3％以上とする 令和６年度目標 79.1％以上',
      ['generic_rate >= 80.3'],
    ],
    ['below a level', '■KPI：一者応札案件の割合を20％を下回る水準とする', ['single_bid <= 20']],
    ['above last year', '■KPI：申請書の郵送化率を、前年度を上回る水準とする', ['mail_rate >= prev_year']],
    [
      'a number of people is no rate',
      '■KPI：生活習慣病予防健診受診者数を12,000人以上とする',
      ['checkup_count >= 12000'],
    ],
    ['how often is no figure', '■KPI：SNSで月１回以上情報を発信する', ['sns do']],
    [
      'a name of its own for the declaration',
      '■KPI：健活企業宣言を900社以上とする',
      ['declaration_offices >= 900'],
    ],
  ])('%s', (_, statement, expected) => {
    expect(rows(`${TITLE}\n${statement}`)).toEqual(expected.map((row) => `青森7 ${row}`));
  });

  it.each([
    ['a change is no level', '■KPI：健康宣言事業所数を前年度から100社以上増加させる'],
    ['a change in percent', '■KPI：一者応札案件の割合を、前年度比５％減とする'],
    ['a number of visits', '■KPI：健康宣言事業所を50社以上訪問する'],
    ['a figure cut off with the file', '■KPI：ジェネリック医薬品使用割合を80.'],
  ])('leaves to a reader: %s', (_, statement) => {
    const document = ingested(`${TITLE}\n${statement}`);
    expect(document.kpis).toEqual([]);
    expect(document.doubts).toMatchObject([{ kind: 'not_taken', line: 2 }]);
  });
});
