import { HEAD_OFFICE } from '../model/branch.ts';
import { all, type CompositionRule, named, place, spanOf, THAT, without, years } from './composed.ts';

/** Years and places: what stands side by side, reaches from one to another, or is left out. */
export const PLACE_RULES: readonly CompositionRule[] = [
  // 今年度（令和７）: the explicit year is the one that is meant.
  {
    pattern: /YY+/,
    build: (run) => {
      const explicit = all(run, 'years').filter(({ relative }) => !relative);
      return years(run, explicit.length === 0 ? all(run, 'years') : explicit);
    },
  },
  // 令和6と7, R3→R6→R7
  { pattern: /Y(?:[&,fl]+Y)+/, build: (run) => years(run, all(run, 'years')) },
  // 全国（本部計画）
  {
    pattern: /AP/,
    build: (run) => {
      const [office] = all(run, 'place');
      return office?.branches.join() === HEAD_OFFICE ? { ...office, ...spanOf(run) } : null;
    },
  },
  // 北海道から岩手まで
  {
    pattern: /PfPl|PlP/,
    build: (run, { branches }) => {
      const [first, last] = all(run, 'place').map((token) => branches.indexOf(token.branches[0] ?? ''));
      if (first === undefined || last === undefined || first < 0 || last < first) return null;
      const [from, to] = all(run, 'place');
      const group = from && to ? `${named(from)}から${named(to)}まで` : null;
      return place(run, branches.slice(first, last + 1), group);
    },
  },
  // 九州7県（沖縄を除く）: what is left out is one of the group
  {
    pattern: /P[-m,]*P-?X/,
    build: (run, { branches }) => {
      const [from, taken] = all(run, 'place');
      const isWithin = taken?.branches.every((branch) => from?.branches.includes(branch)) ?? false;
      const isGroup =
        from !== undefined && taken !== undefined && from.branches.length > taken.branches.length;
      if (
        isGroup &&
        from.group !== null &&
        from.branches.length > 1 &&
        (isWithin || /県|支部/.test(from.group))
      )
        return without(from, taken, run, branches);
      return null;
    },
  },
  // 北陸3県（富山・石川・福井）: a group and its branches are one
  {
    pattern: /P-?N?[-,]*P(?:[&,]*P)*/,
    build: (run) => {
      const [group] = all(run, 'place');
      if (group === undefined || group.group === null || group.branches.length < 2) return null;
      const said = new Set<string>();
      const last = run.findIndex((token) => {
        if (token !== group && token.kind === 'place') for (const branch of token.branches) said.add(branch);
        return group.branches.every((branch) => said.has(branch));
      });
      return said.size === group.branches.length && last > 0
        ? [{ ...group, ...spanOf(run.slice(0, last + 1)) }, ...run.slice(last + 1)]
        : null;
    },
  },
  // 東京・大阪・愛知, 栃木 群馬
  {
    pattern: /P(?:[&,]*P)+/,
    build: (run) => {
      const parts = all(run, 'place');
      const grouped = parts.some(({ group }) => group !== null);
      const joint = place(
        run,
        parts.flatMap(({ branches }) => branches),
        grouped ? parts.map(named).join('・') : null,
      );
      return grouped
        ? { ...joint, parts: parts.map((part) => ({ name: named(part), branches: part.branches })) }
        : joint;
    },
  },
  // 四国4支部, 全国47支部: the number says what the name says
  {
    pattern: /[PA]-?N/,
    build: (run) => {
      const [where, many] = [run[0], all(run, 'number')[0]];
      if (where === undefined || many?.unit !== '支部') return null;
      const fits = where.kind === 'place' ? where.branches.length === many.value : many.value === 47;
      return fits ? { ...where, to: many.to } : null;
    },
  },
  // 島根以外の中国地方, 沖縄を除く九州
  {
    pattern: /P-?X-?[PA]/,
    build: (run, { branches }) => {
      const [taken, from] = all(run, 'place');
      return taken === undefined ? null : without(from ?? null, taken, run, branches);
    },
  },
  // 東北から宮城を除いた, 全国（東京除く）
  {
    pattern: /[PA][-fm,]*P-?X/,
    build: (run, { branches }) => {
      const parts = all(run, 'place');
      const taken = parts.at(-1);
      return taken === undefined
        ? null
        : without(parts.length > 1 ? (parts[0] ?? null) : null, taken, run, branches);
    },
  },
  // 香川を抜いた3県: the number is that of those that are left
  {
    pattern: /P(?:-[BW])?[-+]?(?:[u?s-]{1,5};)?-?XN?/,
    build: (run, { branches }) => {
      const [taken] = all(run, 'place');
      const [left] = all(run, 'number');
      if (taken === undefined) return null;
      // 「関東は抜きで5つ」: how many are asked for
      return left === undefined || left.unit === '支部'
        ? without(null, taken, run, branches)
        : [without(null, taken, run.slice(0, -1), branches), left];
    },
  },
  // それを除くと
  {
    pattern: /@-?X/,
    build: (run, { branches }) => ({
      ...place(
        run,
        [...branches].filter((branch) => branch !== HEAD_OFFICE),
        null,
      ),
      excluded: [THAT],
    }),
  },
];
