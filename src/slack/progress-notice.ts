import type { PostedMessage } from './delivery/poster.ts';
import type { After } from './drain.ts';
import type { Rendered } from './views/blocks.ts';

export interface ProgressNoticeParts {
  /** Shows a message where the question was asked; null where it cannot be changed afterwards. */
  show(message: Rendered, part: 'answer' | 'notice'): Promise<PostedMessage | null>;
  /** Puts the answer in the place of the notice; false where that is gone. */
  amend(notice: PostedMessage, message: Rendered): Promise<boolean>;
  remove(notice: PostedMessage): Promise<unknown>;
  /** What is said while the answer takes long; null says nothing. */
  notice: Rendered | null;
  /** False where another process has the question now, and says what is to be said. */
  isHeld(): Promise<boolean>;
  after: After;
  /** Hears why a notice could not be shown. */
  failed(error: unknown): void;
}

export interface ProgressNotice {
  /** The answer, in the place of the notice where there is one. */
  show(message: Rendered): Promise<PostedMessage | null>;
  /** No notice from now on; one that stands is taken away. */
  leave(): Promise<void>;
}

/** Who waits longer than this wonders whether they were heard. */
const PATIENCE_MS = 2_000;

/** Where one question is answered: says that it is being looked into when the answer takes long. */
export function openProgressNotice({
  show,
  amend,
  remove,
  notice,
  isHeld,
  after,
  failed,
}: ProgressNoticeParts): ProgressNotice {
  let standing: Promise<PostedMessage | null> | null = null;
  const callOff =
    notice === null
      ? () => {}
      : after(PATIENCE_MS, () => {
          standing = isHeld()
            .then((isOurs) => (isOurs ? show(notice, 'notice') : null))
            .catch((error: unknown) => {
              failed(error);
              return null;
            });
        });
  /** The notice, once; no other comes after. */
  async function taken(): Promise<PostedMessage | null> {
    callOff();
    const posted = await standing;
    standing = null;
    return posted;
  }
  return {
    async show(message) {
      const posted = await taken();
      return posted !== null && (await amend(posted, message)) ? posted : show(message, 'answer');
    },
    async leave() {
      const posted = await taken();
      if (posted !== null) {
        await remove(posted);
      }
    },
  };
}
