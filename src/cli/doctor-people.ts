import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Member } from '../model/member.ts';
import type { Store } from '../store/store.ts';
import { care, type Finding, fine } from './finding.ts';

const HOW = '「planbot import --template members」のひな形に書いて、planbot import で取り込みます';

/** Who may do what, and which settings of channels mean nothing any more. */
export async function checkPeople(
  store: Store,
  { branches }: Catalogue,
  isInSlack: boolean,
): Promise<Finding[]> {
  const known = new Set(branches.map(({ name }) => name));
  return [...checkMembers(await store.members(), known, isInSlack), ...(await checkChannels(store, known))];
}

function checkMembers(members: readonly Member[], known: ReadonlySet<string>, isInSlack: boolean): Finding[] {
  const count = (role: Member['role']) => members.filter((member) => member.role === role).length;
  const admins = count('admin');
  const state = `利用者の役割 管理者 ${admins}、報告者 ${count('reporter')}`;
  const astray = members.flatMap(({ user, branches }) => {
    const unknown = branches.filter((branch) => !known.has(branch));
    return unknown.length === 0
      ? []
      : [
          care(
            `${user} さんの支部が支部の一覧にありません: ${unknown.join('、')}。planbot import で直してください`,
          ),
        ];
  });
  return [
    isInSlack && admins === 0 ? care(`管理者が登録されていません。役割「管理者」の行を${HOW}`) : fine(state),
    ...astray,
  ];
}

async function checkChannels(store: Store, known: ReadonlySet<string>): Promise<Finding[]> {
  const newest = Math.max(0, ...(await store.parts()).map(({ fy }) => fy));
  const quiet = await store.quietChannels();
  const places = new Map(
    (await store.owners()).map(({ channel, branch }) => [channel, formatBranch(branch)]),
  );
  const named = quiet.map(
    (channel) => `${channel}（${places.get(channel) ?? 'お知らせの宛先ではありません'}）`,
  );
  const silenced = named.length > 0 ? [fine(`お知らせを止めているチャンネル: ${named.join('、')}`)] : [];
  const outdated = (await store.settingsOfChannels()).flatMap(({ channel, settings: { branch, fy } }) => [
    ...(branch !== null && !known.has(branch)
      ? [care(`チャンネル ${channel} の設定の支部が一覧にありません: ${branch}`)]
      : []),
    ...(fy !== null && fy < newest
      ? [
          care(
            `チャンネル ${channel} は${formatFiscalYear(fy)}で答える設定のままです（最新は${formatFiscalYear(newest)}）`,
          ),
        ]
      : []),
  ]);
  return [...silenced, ...outdated];
}
