import { fileURLToPath } from 'node:url';

/** The folder index/ of the package: what planbot is delivered with. The same from src/ and from dist/. */
export function indexFolder(): string {
  return fileURLToPath(new URL('../../index', import.meta.url));
}
