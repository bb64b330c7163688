import { expect, test } from 'vitest';
import { foldRomaji, toRomaji } from '../../src/japanese/romaji.ts';

test.each([
  ['とうきょう', ['tokyo', 'toukyou', 'Tōkyō', 'TOKYO', 'tōkyō']],
  ['ほっかいどう', ['hokkaido', 'hokkaidou']],
  ['ちば', ['chiba', 'tiba']],
  ['ふくしま', ['fukushima', 'hukusima']],
  ['じぇねりっく', ['jenerikku', 'zyenerikku']],
  ['ぐんま', ['gunma', 'gumma']],
  ['おおさか', ['osaka', 'oosaka', 'Ōsaka']],
  ['にいがた', ['niigata']],
  ['さーびす', ['sa-bisu', 'saabisu']],
  ['いっしゃおうさつ', ['isshaousatsu', 'issyaousatu']],
  ['けんしん', ['kenshin', "ken'shin", 'kensin']],
  ['せっちゅう', ['setchuu', 'secchuu', 'settyuu']],
  ['まつえ', ['matsue', 'matue']],
  ['きじゅん', ['kijun', 'kizyun', 'kijyun']],
])('%s is written %j', (reading, typed) => {
  expect(typed.map(foldRomaji)).toEqual(typed.map(() => toRomaji(reading)));
});
