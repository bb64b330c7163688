import type { SentBlock } from './message.ts';
import { botSees } from './shared-file.ts';
import type { State } from './state.ts';
import type { StoredFile } from './stored-file.ts';

interface SlackFile {
  id?: string;
  url?: string;
}

/** The picture behind `slack_file`: by its id, or by the address that Slack gave for it. */
export function findPicture(state: State, { id, url }: SlackFile): StoredFile | undefined {
  const named = id ?? url?.match(/\/files-pri\/\w+-(\w+)\//)?.[1] ?? '';
  return state.files.get(named);
}

/** What Slack says of pictures that it cannot show: not there, not the bot's to see, or no picture. */
export function lostPictures(state: State, blocks: SentBlock[]): string[] {
  return blocks.flatMap((block, index) =>
    picturesIn(block).flatMap(([slackFile, place]) => {
      const file = findPicture(state, slackFile);
      const isShown = file?.mimetype.startsWith('image/') && botSees(state, file);
      return isShown ? [] : [`invalid slack file [json-pointer:/blocks/${index}${place}/slack_file]`];
    }),
  );
}

function picturesIn(block: SentBlock): [SlackFile, string][] {
  const listed: unknown[] = Array.isArray(block.elements) ? block.elements : [];
  const held: [unknown, string][] = [
    [block, ''],
    [block.accessory, '/accessory'],
    ...listed.map((element, place): [unknown, string] => [element, `/elements/${place}`]),
  ];
  return held.flatMap(([one, place]): [SlackFile, string][] => {
    const file = (one as { slack_file?: SlackFile } | undefined)?.slack_file;
    return file === undefined ? [] : [[file, place]];
  });
}
