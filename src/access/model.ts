import { z } from 'zod';
import { namingBy } from '../language/saying.ts';

/** What a person is here for. A post gives a role, in a unit, for an area. */
export const Role = z.enum(['field', 'clerk', 'handler', 'head', 'leader', 'inspector', 'administrator', 'auditor']);
export type Role = z.infer<typeof Role>;

export const roleNames: Record<Role, string> = {
  field: '驻村干部',
  clerk: '受理员',
  handler: '承办人',
  head: '乡镇负责人',
  leader: '县领导',
  inspector: '督查员',
  administrator: '系统管理员',
  auditor: '审计员',
};

/** A role in the language of the moment. */
export const roleName = namingBy(roleNames, {
  field: 'Field official',
  clerk: 'Clerk',
  handler: 'Handler',
  head: 'Township head',
  leader: 'County leader',
  inspector: 'Inspector',
  administrator: 'Administrator',
  auditor: 'Auditor',
});

/** One post as access sees it: the role, whose unit, and the areas it reaches (each with all below it). */
export interface Standing {
  readonly role: Role;
  readonly unit?: string;
  readonly areas: readonly string[];
  /** Among the areas is the county itself: every record in it lies within. */
  readonly everywhere?: boolean;
}

/** Who asks. An official with posts, a resident who holds the key of one record, or anyone. */
export type Actor =
  | {
      readonly kind: 'official';
      readonly id: string;
      readonly name: string;
      readonly standings: readonly Standing[];
      /** Matters that complain of this official: whatever the posts, nothing of them is theirs to see or do. */
      readonly apart?: readonly string[];
    }
  | { readonly kind: 'resident'; readonly record: string }
  | { readonly kind: 'anyone' };

/** How the asker must stand to the record: in their area, with their unit, with them in person, held by its key, or any. */
export type Relation = 'all' | 'area' | 'unit' | 'self' | 'key';

/** Which rows of a list an official may see. Empty lists mean none of that kind. */
export interface Scope {
  readonly all: boolean;
  readonly areas: readonly string[];
  readonly units: readonly string[];
  readonly officials: readonly string[];
  /** Matters that complain of whoever asks: left out of everything. */
  readonly apart?: readonly string[];
}

/** The actor's name in the ledger. */
export const actorName = (actor: Actor): string =>
  actor.kind === 'official' ? actor.id : actor.kind === 'resident' ? `resident:${actor.record}` : 'anyone';

export const unitsOf = (actor: Actor): string[] =>
  actor.kind === 'official' ? [...new Set(actor.standings.flatMap((s) => s.unit ?? []))] : [];
