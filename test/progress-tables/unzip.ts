import { inflateRawSync } from 'node:zlib';

const ENTRY = 0x02014b50;

/** The text of a file in a zip archive; as much of the format as a spreadsheet needs. */
export function textIn(archive: Uint8Array, path: string): string {
  const bytes = Buffer.from(archive);
  for (let at = 0; at < bytes.length - 46; at += 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) continue;
    const nameLength = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) !== path) continue;
    const [method, size, local] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ];
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + size);
    return (method === 0 ? packed : inflateRawSync(packed)).toString('utf8');
  }
  throw new Error(`${path} is not in the archive`);
}
