import { compact } from '../japanese/normalize.ts';
import { ROLE_NAMES, Role } from '../model/member.ts';
import { type CellRead, problem } from './cell.ts';
import { WITHDRAW } from './figure-cell.ts';
import type { NameReader } from './names.ts';

/** 閲覧者, 報告者, 管理者, or their ids. */
export function readRole(text: string): CellRead<Role> {
  const plain = compact(text).toLowerCase();
  const role = Role.options.find((id) => id === plain || ROLE_NAMES[id] === plain);
  const names = Object.values(ROLE_NAMES).join('、');
  return role === undefined
    ? problem(`${names} のどれかを書いてください（取り消すときは「${WITHDRAW}」）`)
    : { value: role };
}

/** What somebody of a role reports for: 東京、神奈川支部; each once. */
export function readBranches(text: string, role: Role, names: NameReader): CellRead<string[]> {
  if (role !== 'reporter') return problem('支部を書くのは報告者だけです');
  const read = text.split(/[、,，・/／\s]+/).flatMap((name) => (name === '' ? [] : [names.branch(name)]));
  const wrong = read.find((one) => 'problem' in one);
  if (wrong) return wrong;
  return { value: [...new Set(read.flatMap((one) => ('value' in one ? [one.value] : [])))] };
}
