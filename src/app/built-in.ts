import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadFacts } from '../catalogue/facts-loader.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { ingestFile } from '../documents/ingest.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { indexFolder } from '../model/package-folder.ts';
import type { Passage } from '../model/passage.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import { asSamples, knowledgeOfDocuments } from '../store/document-knowledge.ts';
import { type Stored, withFacts } from '../store/documents-and-facts.ts';
import { withReported } from '../store/figures-merge.ts';

type BuiltIn = Knowledge & { passages(): Promise<Passage[]> };

/**
 * What planbot knows while nothing is ingested: the figures of index/facts, the plan text of index/sample. Read once
 * for a catalogue; a fault is tried again.
 */
export function openBuiltIn(catalogue: Catalogue): Promise<BuiltIn> {
  const known = opened.get(catalogue);
  if (known) return known;
  const opening = readBuiltIn(catalogue);
  opened.set(catalogue, opening);
  opening.catch(() => opened.delete(catalogue));
  return opening;
}

const opened = new WeakMap<Catalogue, Promise<BuiltIn>>();

async function readBuiltIn(catalogue: Catalogue): Promise<BuiltIn> {
  const facts = loadFacts();
  const samples = await ingestSamples(join(indexFolder(), 'sample'), catalogue);
  return knowledgeOfDocuments([...facts, ...asSamples(samples, facts)]);
}

/** The figures of index/facts alone: what documents that were ingested are added to. */
export function openFacts(): Knowledge {
  return knowledgeOfDocuments(loadFacts());
}

async function ingestSamples(folder: string, catalogue: Catalogue): Promise<IngestedDocument[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return Promise.all(names.sort().map((name) => ingestFile(join(folder, name), catalogue)));
}

/**
 * What planbot is delivered with, and what the store's documents add to it, for answers and reminders alike. The
 * sample plans are read only where there are no documents.
 */
export async function knownNow(store: Stored, catalogue?: Catalogue): Promise<Knowledge> {
  if ((await store.documents.list()).length > 0) return withFacts(store, openFacts());
  return withReported(await openBuiltIn(catalogue ?? loadCatalogue()), store.figures);
}
