import { formatNumber } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import type { Query } from '../model/query.ts';
import { answered, clarify, notFound } from './card.ts';
import {
  filterText,
  heldAgainst,
  leftColumn,
  misfit,
  resolveOperand,
  statisticOf,
  unitOf,
  verdictOf,
} from './conditions.ts';
import { COLUMN_NAMES, degreeWords, differenceText, type Fact, figureOf, rowOf } from './fact.ts';
import {
  betweenFigures,
  chartFor,
  factText,
  folded,
  isDescending,
  LINES,
  type Rows,
  rank,
  statisticText,
  tableOf,
} from './rows.ts';

/** What is worked out of two figures. */
const WORKED_OUT: ReadonlySet<string> = new Set(['difference', 'ratio', 'change']);

/** Conditions before a noun: only the last one keeps its の. */
function conditionText(conditions: readonly string[]): string {
  return conditions.map((own, at) => (at < conditions.length - 1 ? own.replace(/の$/, '') : own)).join('、');
}

/** Rows by what is asked of them: conditions, then what is worked out, then order and place. */
export function tabulate(query: Query, rows: Rows): Answer {
  const { frame, facts, noun } = rows;
  const { column, sources } = frame;
  const unit = unitOf(facts, column, sources);
  const words = degreeWords(unit, column);
  const name = COLUMN_NAMES[column];
  const units = [...new Set(facts.map((fact) => figureOf(fact, column, sources)?.unit ?? unit))];
  const wrong = misfit(query, units);
  if (wrong !== null) {
    return clarify(
      `「${wrong}」は、${rows.what}の${name}（単位：${unit === '%' ? '％' : (unit ?? 'なし')}）とは比べられません。条件を書き直してください。`,
      rows.choices,
    );
  }
  const before = rows.before ?? [];
  const verdicts = new Map(
    facts.map((fact) => [fact, query.filter.map((filter) => verdictOf(filter, fact, frame, before))]),
  );
  const every = (fact: Fact, wanted: string) =>
    verdicts.get(fact)?.every((verdict) => verdict === wanted) ?? true;
  const isUnknown = (fact: Fact) => {
    const own = verdicts.get(fact) ?? [];
    return own.includes('unknown') && !own.includes('fails');
  };
  const condition = conditionText(query.filter.map((filter) => filterText(filter, column, unit)));
  const filtered = query.filter.length === 0 ? facts : facts.filter((fact) => every(fact, 'meets'));
  const unknown = query.filter.length === 0 ? [] : facts.filter(isUnknown);
  const apart =
    unknown.length === 0
      ? null
      : `数値などがないため比べられない${noun === '件' ? 'もの' : noun}：${unknown.map((fact) => `${rows.labelOf(fact)}（${factText(fact, frame)}）`).join('、')}。`;
  // What one row is held against is not what another is where each has its own.
  const isOneThing = new Set(facts.map((fact) => fact.name)).size === 1;
  const held = query.filter.flatMap((filter) => {
    const [first] = facts;
    if (!isOneThing || filter.type !== 'compare' || filter.right.type === 'number' || first === undefined)
      return [];
    if (filter.right.type === 'figure' && filter.right.branch === null) return [];
    return [`比べた相手：${resolveOperand(filter.right, first, column, frame).text}。`];
  });
  const notes = [...rows.notes, ...held, apart];
  // What figures are held against is cited like them.
  const heldSources = (of: readonly Fact[]) =>
    of.flatMap((fact) => heldAgainst(query, fact, frame)).map(({ source }) => source);
  const subjects = facts.filter(rows.isSubject);
  const claimed = query.claim ? (subjects.length > 0 ? subjects : facts.length === 1 ? facts : []) : [];

  // 「14％以上なのは福井だけですよね？」
  if (query.claim === 'only' && query.filter.length > 0) {
    const others = filtered.filter((fact) => !rows.isSubject(fact));
    const named = subjects.map(rows.labelOf).join('、');
    const missed = subjects.filter((fact) => !filtered.includes(fact)).map(rows.labelOf);
    const yes = others.length === 0 && missed.length === 0;
    return answered({
      topic: 'claim',
      title: `${rows.what}：${condition}${noun}`,
      headline: yes
        ? `はい、${named}だけです（${rows.scopeText}を確認しました）。`
        : `いいえ。${missed.length > 0 ? `${missed.join('、')}は当てはまりません。` : ''}当てはまるのは${filtered.length}${noun}です（${rows.scopeText}のうち）。`,
      lines: folded(filtered, rows, () => '・'),
      notes,
      sources: heldSources(filtered.length > 0 ? filtered : subjects),
      rows: (filtered.length > 0 ? filtered : subjects).map(rowOf),
      choices: rows.choices,
    });
  }

  // 「関東はどこも92.7％ですよね？」
  if (query.claim === 'every' && query.filter.length > 0) {
    const others = facts.filter((fact) => !filtered.includes(fact));
    return answered({
      topic: 'claim',
      title: `${rows.what}：${condition}${noun}`,
      headline:
        others.length === 0
          ? `はい、${rows.scopeText}のすべてが当てはまります。`
          : `いいえ。当てはまるのは${filtered.length}${noun}で、違うのは次の${others.length}${noun}です（${rows.scopeText}を確認しました）。`,
      lines: folded(others.length === 0 ? filtered : others, rows, () => '・'),
      notes: rows.notes,
      sources: heldSources(others.length === 0 ? filtered : others),
      rows: (others.length === 0 ? filtered : others).map(rowOf),
      choices: rows.choices,
    });
  }

  // 「長野は2割超えてる？」
  const [only] = claimed;
  if (query.filter.length > 0 && only !== undefined && claimed.length === 1 && query.order === null) {
    if (isUnknown(only)) {
      const parts = query.filter.flatMap((filter) => {
        if (filter.type !== 'compare') return [];
        const left = leftColumn(filter, column, only.fy);
        const held =
          filter.right.type === 'number'
            ? ''
            : `、比べる相手が${resolveOperand(filter.right, only, left, frame).text}`;
        return [`${COLUMN_NAMES[left]}が${figureOf(only, left, sources)?.text ?? '―'}${held}`];
      });
      const why = parts[0] ?? `${name}が${factText(only, frame)}`;
      return notFound(
        `${rows.labelOf(only)}の${rows.what}は、${why}のため、比べられません。`,
        [],
        [only.source, ...heldSources([only])],
      );
    }
    const yes = every(only, 'meets') !== (query.claim === 'fails');
    const compares = query.filter.flatMap((filter) => (filter.type === 'compare' ? [filter] : []));
    const [first] = compares;
    const shown = first === undefined ? column : leftColumn(first, column, only.fy);
    const held = compares.flatMap((filter) =>
      filter.right.type === 'number' ? [] : [resolveOperand(filter.right, only, shown, frame)],
    );
    const against = held.map(({ text }) => text);
    const figure = figureOf(only, shown, sources)?.text ?? '';
    const [own, limit] = [figureOf(only, shown, sources)?.value ?? null, held[0]?.value ?? null];
    const gap = own === null || limit === null ? 0 : Number((own - limit).toFixed(4));
    const difference = gap === 0 ? '' : `（差は${differenceText(gap, unit)}）`;
    const compared = against.length === 0 ? '' : `で、比べた相手は${against.join('、')}${difference}`;
    return answered({
      topic: 'claim',
      title: `${rows.labelOf(only)} ${rows.what}`,
      headline: `${yes ? 'はい' : 'いいえ'}。${COLUMN_NAMES[shown]}は${figure}${compared}です（尋ねられた条件：${condition.replace(/の$/, '')}）。`,
      notes,
      sources: heldSources([only]),
      rows: [rowOf(only)],
      choices: rows.choices,
    });
  }

  const { compute } = query;
  if (compute?.type === 'count' || compute?.type === 'share') {
    const share = facts.length === 0 ? 0 : (filtered.length / facts.length) * 100;
    const percent = compute.type === 'share' ? `、${formatNumber(share, 1)}％` : '';
    return answered({
      topic: 'aggregate',
      title: `${rows.what}：${condition}${noun}の数`,
      headline: `${filtered.length}${noun}です（${rows.scopeText}のうち${percent}）。`,
      table: filtered.length > 1 ? tableOf(filtered, rows, null) : null,
      lines: folded(filtered, rows, () => '・'),
      notes,
      sources: heldSources(filtered.length > 0 ? filtered : facts),
      rows: (filtered.length > 0 ? filtered : facts).map(rowOf),
      choices: rows.choices,
    });
  }
  const descending = isDescending(query, rows);
  // 「全国トップなのは愛知の5,400で合ってる？」: the figure is a part of the claim, and chooses nobody.
  const claims = query.claim !== null && subjects.length > 0 && query.order !== null;
  const ranked = rank(claims ? facts : filtered, frame, descending);
  if (compute?.type === 'statistic') {
    const taken =
      query.limit === null || compute.of === 'spread'
        ? ranked
        : ranked.filter(({ place }) => place > query.offset && place <= query.offset + (query.limit ?? 0));
    const values = taken.map(({ value }) => value);
    if (values.length === 0)
      return notFound(`${rows.what}には、数値の${name}がありません（${rows.scopeText}を確認しました）。`);
    const missing = filtered.length - ranked.length;
    const [top, bottom] = [ranked[0], ranked.at(-1)];
    const ends =
      compute.of === 'spread' && top && bottom
        ? [
            `・${words.most} ${rows.labelOf(top.fact)} ${factText(top.fact, frame)}`,
            `・${words.least} ${rows.labelOf(bottom.fact)} ${factText(bottom.fact, frame)}`,
          ]
        : [];
    const middle =
      compute.of === 'median' ? ranked.filter(({ value }) => value === statisticOf(values, 'median')) : [];
    const sides = (compute.groups ?? []).flatMap((group) => {
      const own = taken.flatMap(({ fact, value }) => (group.branches.includes(fact.branch) ? [value] : []));
      const value = statisticOf(own, compute.of);
      const text = statisticText(own, compute.of, unit, noun);
      return value === null ? [] : [{ label: group.name, value, text }];
    });
    const between = sides.length > 1 ? betweenFigures(null, sides, unit) : null;
    return answered({
      topic: 'aggregate',
      title: `${rows.what}の${name}：${condition}${rows.scopeText}`,
      headline:
        between !== null && 'headline' in between
          ? between.headline
          : statisticText(values, compute.of, unit, noun),
      lines: [
        ...sides.map(({ label, text }) => `・${label}：${text}`),
        ...ends,
        ...(middle.length > 0
          ? [`・中央に当たる${noun}：${middle.map(({ fact }) => rows.labelOf(fact)).join('、')}`]
          : []),
        ...(filtered.length <= 60 &&
        (compute.of !== 'spread' || taken.length <= LINES) &&
        compute.of !== 'median' &&
        (query.scope.branches.length > 0 || noun !== '支部')
          ? folded(
              taken.map(({ fact }) => fact),
              rows,
              () => '・',
            )
          : []),
      ],
      notes: [...notes, missing === 0 ? null : `数値のない${missing}${noun}は除きました。`],
      rows: taken.map(({ fact }) => rowOf(fact)),
      choices: rows.choices,
    });
  }

  const direction = descending ? words.more : words.less;
  const without = filtered.filter((fact) => !ranked.some((entry) => entry.fact === fact));
  const withoutLine =
    without.length === 0
      ? []
      : [
          `数値のない${noun}（順位の外）：${without.map((fact) => `${rows.labelOf(fact)} ${factText(fact, frame)}`).join('、')}`,
        ];
  const places = new Map(ranked.map(({ fact, place }) => [fact, place]));
  const isRanking = query.order !== null || compute?.type === 'place';
  if (isRanking) {
    if (ranked.length === 0)
      return notFound(
        `${rows.what}には、順位をつけられる数値の${name}がありません（${rows.scopeText}を確認しました）。`,
      );
    const own = ranked.find(({ fact }) => rows.isSubject(fact));
    const [first] = subjects;
    const isPlace = compute?.type === 'place' || query.subject.length > 0;
    const from = query.offset;
    const chosen =
      query.limit === null || compute?.type === 'place'
        ? ranked
        : ranked.filter(({ place }) => place > from && place <= from + (query.limit ?? 0));
    // The place asked may be taken by none where several share one above it: the next that there is follows.
    const next = ranked.find(({ place }) => place > from)?.place;
    const shown = chosen.length > 0 ? chosen : ranked.filter(({ place }) => place === next);
    // 3位 twice leaves no 4位.
    const wanted =
      query.limit === null || compute?.type === 'place'
        ? []
        : Array.from({ length: query.limit }, (_, at) => from + at + 1);
    const empty =
      from === 0
        ? []
        : wanted.filter((nth) => nth <= ranked.length && !ranked.some(({ place }) => place === nth));
    const gap =
      empty.length === 0
        ? null
        : `${empty.map((nth) => `${nth}位`).join('・')}は、同じ数値の${noun}が上にあるため空いています。`;
    const headlines: string[] = [];
    const isHeld = compute !== null && 'against' in compute && compute.against !== null;
    if (compute !== null && (isHeld || WORKED_OUT.has(compute.type))) {
      const pairs = shown.map(({ fact, value }) => ({
        label: rows.labelOf(fact),
        value,
        text: factText(fact, frame),
      }));
      const between =
        isHeld || compute.type === 'change' || query.limit === null
          ? null
          : betweenFigures(compute, pairs, unit);
      // An order that a change or a reference goes with is not answered as if they were not there.
      if (between === null || !('headline' in between))
        return clarify(
          '並べ替えと、差や増減の計算を一度には読み取れませんでした。どちらか一方を、もう一度お尋ねください。',
          rows.choices,
        );
      headlines.push(`${name}は、${between.headline}`);
    }
    if (isPlace && own !== undefined) {
      const total = `${ranked.length}${noun}中`;
      const reverse =
        ranked.filter(({ value }) => (descending ? value < own.value : value > own.value)).length + 1;
      const tied = ranked.filter((other) => other.place === own.place && other.fact !== own.fact);
      const beside =
        tied.length === 0 ? '' : `（${tied.map(({ fact }) => rows.labelOf(fact)).join('、')}と同じ）`;
      const place = `${rows.labelOf(own.fact)}は、${name}が${direction}ほうから${own.place}位です（数値のある${total}、${factText(own.fact, frame)}。${descending ? words.less : words.more}ほうからは${reverse}位）。${beside}`;
      if (query.claim && query.limit !== null) {
        const within = own.place > from && own.place <= from + query.limit;
        const alone = query.claim === 'only' ? tied.length === 0 : true;
        const meets = query.filter.length === 0 || every(own.fact, 'meets');
        const yes = (within && alone && meets) !== (query.claim === 'fails');
        // Who it is, before where the one that was named stands.
        const firsts = ranked.filter((other) => other.place === 1);
        const names = firsts
          .map(({ fact }) => `${rows.labelOf(fact)}（${factText(fact, frame)}）`)
          .join('、');
        const isFirst = from === 0 && query.limit === 1;
        const truth = yes || !isFirst ? '' : `${descending ? words.most : words.least}のは${names}です。`;
        headlines.push(`${yes ? 'はい' : 'いいえ'}。${truth}${place}`);
      } else headlines.push(place);
    } else if (isPlace && first !== undefined) {
      headlines.push(
        `${rows.labelOf(first)}は${factText(first, frame)}で、順位をつけられる数値がありません。`,
      );
    }
    const [lead] = shown;
    if (headlines.length === 0 && lead !== undefined && query.limit !== null && query.limit <= 1) {
      const names = shown.map(({ fact }) => rows.labelOf(fact)).join('、');
      const nth = from > 0 ? `${direction}ほうから${lead.place}位` : descending ? words.most : words.least;
      if (gap !== null) headlines.push(gap);
      headlines.push(
        `${nth}のは${names}で、${name}は${factText(lead.fact, frame)}です（数値のある${ranked.length}${noun}中）。`.replace(
          /位のは/,
          '位は',
        ),
      );
    }
    const listed = isPlace && compute?.type === 'place' ? ranked : shown;
    return answered({
      topic: 'rank',
      title: `${rows.what}の${name}：${condition}${rows.scopeText}の${direction}順`,
      headline: headlines.length === 0 ? null : headlines.join(''),
      table:
        listed.length < 2 ? null : tableOf([...listed.map(({ fact }) => fact), ...without], rows, places),
      chart: chartFor(
        listed.map(({ fact }) => fact),
        rows,
      ),
      lines: [
        ...folded(
          listed.map(({ fact }) => fact),
          rows,
          (fact) => `${places.get(fact) ?? ''}位 `,
        ),
        ...(query.limit === null ? withoutLine : []),
      ],
      notes: [
        ...notes,
        gap !== null && headlines.includes(gap) ? null : gap,
        query.limit !== null && without.length > 0
          ? `数値のない${without.length}${noun}は順位の外です。`
          : null,
      ],
      rows: [
        ...[...(isPlace && own !== undefined ? [own] : []), ...listed].map(({ fact }) => rowOf(fact)),
        ...(query.limit === null ? without.map(rowOf) : []),
      ],
      choices: rows.choices,
    });
  }

  const isList = query.filter.length > 0;
  if (isList && facts.length > 0 && unknown.length === facts.length)
    return notFound(
      `${rows.what}の${name}は、比べる相手の数値がないため、条件と比べられません。`,
      rows.choices,
    );
  const only1 = query.limit === null ? filtered : filtered.slice(query.offset, query.offset + query.limit);
  const total = noun === '支部' ? facts.length : facts.length;
  return answered({
    topic: 'list',
    title: isList
      ? `${rows.what}：${condition}${noun === '支部' ? '支部' : 'もの'}`
      : `${rows.what}の${name}：${rows.scopeText}`,
    headline: !isList
      ? null
      : filtered.length === 0
        ? `該当する${noun === '支部' ? '支部' : 'もの'}はありません（${total}${noun}を確認しました）。`
        : `${filtered.length}${noun}です（${total}${noun}中）。`,
    table: only1.length < 2 ? null : tableOf(only1, rows, null),
    chart: isList ? null : chartFor(only1, rows),
    lines: folded(only1, rows, () => '・'),
    notes,
    sources: heldSources(only1.length > 0 ? only1 : facts),
    rows: (only1.length > 0 ? only1 : facts).map(rowOf),
    choices: rows.choices,
  });
}
