import type { Question } from '../model/question.ts';
import type { Reading } from './reading.ts';

/** Greetings, thanks, requests for help, and 「…とは？」; null where something else is asked. */
export function readTalk(reading: Reading): Question | null {
  const { cues, branches, indicators, fys, unexplained, said } = reading;
  const bare =
    branches.length === 0 && indicators.length === 0 && fys.length === 0 && reading.condition === null;
  if (bare && cues.has('help') && unexplained <= 8) return { kind: 'talk', about: 'help' };
  const asks =
    cues.has('target') ||
    cues.has('budget') ||
    cues.has('topic') ||
    cues.has('number') ||
    cues.has('evaluation');
  if (bare && !asks && unexplained <= 6) {
    if (cues.has('thanks')) return { kind: 'talk', about: 'thanks' };
    if (cues.has('greeting')) return { kind: 'talk', about: 'greeting' };
  }
  const differ = indicators.length > 1 && /違い|ちがい|どう違/.test(said) && !cues.has('target');
  if (branches.length === 0 && fys.length === 0 && differ && unexplained <= 4) {
    return { kind: 'definition', indicators };
  }
  const defines = cues.has('definition') && !cues.has('source') && indicators.length > 0 && reading.sure;
  const figures = cues.has('actual') || cues.has('compare') || /何(?:%|ぱー|件|人)/.test(said);
  if (defines && branches.length === 0 && !figures && unexplained <= 4) {
    return { kind: 'definition', indicators };
  }
  return null;
}
