/** A file in the workspace, with its content. */
export interface StoredFile {
  /** F… */
  id: string;
  name: string;
  title: string;
  mimetype: string;
  /** Slack's name of the kind: pdf, csv, xlsx, png … */
  filetype: string;
  /** For a picture, to be read out. */
  altText: string | null;
  content: Uint8Array;
  user: string;
  created: Date;
  /** Where it was shared, and in which message. */
  shares: { channel: string; ts: string }[];
}

/** What an app announced that it will upload. */
export interface Upload {
  file: Pick<StoredFile, 'id' | 'name' | 'user' | 'altText'>;
  length: number;
  done: boolean;
}
