import { z } from 'zod';

/** Hosts that Slack's servers cannot fetch a picture from. */
const PRIVATE_HOST =
  /^(?:localhost|[^.]+|.*\.(?:local|internal|test|invalid)|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[.*\])$/i;

const ImageAddress = z
  .string()
  .max(3000)
  .refine((text) => URL.canParse(text) && /^https?:/i.test(text), { message: 'invalid url', abort: true })
  .refine((text) => !PRIVATE_HOST.test(new URL(text).hostname), { message: 'downloading image failed' });

const SlackFile = z
  .strictObject({ id: z.string().min(1).optional(), url: z.string().max(3000).optional() })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), {
    message: 'one of id and url is required',
  });

/** Where a picture comes from: an address on the web, or a file in the workspace. */
export const pictureSource = { image_url: ImageAddress.optional(), slack_file: SlackFile.optional() };

export function hasOneSource(picture: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (picture.image_url === undefined) !== (picture.slack_file === undefined);
}
