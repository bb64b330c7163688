import type { Token } from '../japanese/token.ts';

/** Words that make a question but do not say what it is about, in dictionary form. */
const STOP_WORDS = new Set(
  [
    'する いる ある なる やる できる くる いく ゆく みる おる くれる もらう いただく ください くださる もつ 持つ',
    '言う いう 思う おもう 知る しる 教える おしえる 書く かく 載る のる 話 聞く きく わかる 分かる ござる',
    'とる 取り組み 取組 取組み とりくみ 取り組む 内容 具体 具体的 予定 計画 方法 様子 感じ 場合',
    '何 なに なん どう どんな どの どこ いつ 誰 だれ なぜ どれ どのくらい どれくらい どういう いくつ いくら 何故',
    'こと もの ため よう ところ とき 時 的 等 たち さん 方 方々 つ たしか 確か ちゃんと ちょっと また ほか 他',
    'the a an is are was of to in for and or on with what who when where which how do does did me tell you i it',
    '年 回 件 手 場 今 一覧 基準 仕組み しくみ 仕組 前もって ずっと 時期 感じ 状況 最終 途中 頃 ころ ごろ 際 中 内 点 結局 ちょうだい 頂戴 打つ 打ち出す 誰か 何か どこか 名 先 狙い 目的 本当 ほんと どこまで やり方 しかた 仕方',
    'タイプ コーナー キャンペーン パターン スタイル イメージ ケース グッズ ok レジ 自分 相手 全部 考え 中身 他人 待ち 使い 早め 枚 人前 節目 プロ 土地 殺到 羽目 専属 半年 去年 今年 来年 明日 来週 この間 三角',
    'やつ 話 急 具合 みたい とこ 最近 普段 実際 最後 最初 皆 みんな つもり イマイチ いまいち あと 例',
    '向け 用 そう こう ああ もう まだ よく 特に とくに 主 それ これ あれ 名前 名称 理由 曜日 支部',
  ].flatMap((line) => line.split(' ')),
);

export function isStopWord(token: Token): boolean {
  return STOP_WORDS.has(token.base) || /^[ぁ-ゖ]$/.test(token.base);
}
