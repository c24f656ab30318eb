/**
 * What the generator of the demo county hands over: plain values, nothing of the ledger's.
 *
 * Ids are deterministic UUIDs of version 7. Instants are ISO 8601 in UTC; days are `YYYY-MM-DD` in
 * Shanghai. Small lists stand in memory; what grows with the county comes from generators, each of
 * which may be started as often as wanted and says the same every time.
 */
import type { Role } from '../access/model.ts';
import type { Channel, Disposition } from '../matters/model.ts';

export type { Channel, Disposition, Role };

/** `county` is everything; `township` has the whole tree of places and officials, but one township's life. */
export type Scale = 'township' | 'county';

export interface PlanRequest {
  readonly seed: string;
  /** The end of the year told: a day (told until 09:00 of it) or an exact instant. */
  readonly today: string;
  readonly scale: Scale;
}

export interface Plan {
  readonly county: { readonly code: string; readonly name: string; readonly prefix: string };
  /** First and last instant of the year told. */
  readonly from: string;
  readonly until: string;
  /** Parents before children. */
  readonly areas: readonly Area[];
  /** Parents before children; the 60 units have no parent, their sections do. */
  readonly units: readonly Unit[];
  readonly officials: readonly Official[];
  /** One official for each role, the best one to sign in as. */
  readonly faces: Readonly<Record<Role, string>>;
  assignments(): Generator<Assignment>;
  households(): Generator<Household>;
  /** Visits and matters ordered by `at`. A matter comes after the visit it was raised on. */
  happenings(): Generator<Happening>;
}

export type AreaLevel = 'county' | 'township' | 'village' | 'grid';

export interface Area {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: AreaLevel;
  readonly parent?: string;
  /** A village level place is a village or an urban community; a grid takes after its place. */
  readonly urban: boolean;
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: 'township-government' | 'department' | 'enterprise' | 'section';
  readonly parent?: string;
  /** The place it serves: its township, or the county. */
  readonly area: string;
}

export type Gender = 'male' | 'female';

export interface Official {
  readonly id: string;
  readonly name: string;
  readonly gender: Gender;
  readonly phone: string;
  /** One of the 60 units, and the section of it where the post has one. */
  readonly unit: string;
  readonly section?: string;
  readonly post: string;
  readonly roles: readonly Role[];
}

export type AssignmentRole = '包村领导' | '包村干部' | '部门包村' | '网格员' | '联户';

export interface Assignment {
  readonly id: string;
  readonly official: string;
  readonly role: AssignmentRole;
  readonly target: { readonly area: string } | { readonly household: string };
  readonly from: string;
  /** Last day. An assignment that ended without a successor is one of the county's gaps. */
  readonly to?: string;
}

/** A service the household asked for and agreed to be known for, until a day. Never a label of a person. */
export interface ServiceNeed {
  readonly kind: string;
  readonly resident: string;
  readonly consentedOn: string;
  readonly until: string;
}

export interface Resident {
  readonly id: string;
  readonly name: string;
  readonly gender: Gender;
  readonly birthYear: number;
  readonly relation: string;
}

export interface Household {
  readonly id: string;
  /** Its one grid; the path upward follows from the area tree. */
  readonly grid: string;
  readonly address: string;
  readonly phone?: string;
  /** The householder first. */
  readonly residents: readonly Resident[];
  readonly needs: readonly ServiceNeed[];
  /** The contact official (联户); absent where the county has a gap. */
  readonly contact?: string;
}

export type Happening = VisitHappening | MatterStory;

export interface VisitHappening {
  readonly kind: 'visit';
  readonly id: string;
  readonly at: string;
  readonly official: string;
  readonly household: string;
  readonly contact: 'met' | 'phone' | 'not-at-home';
  /** What was said; empty when nobody was met. */
  readonly note: string;
  /** Each need is told again, whole, as the matter it became. */
  readonly needs: readonly { readonly text: string; readonly matter: string }[];
  /** Absent: the household has not answered (yet). */
  readonly signed?: Countersign;
}

export type Countersign =
  | {
      readonly as: 'signature' | 'code' | 'card';
      readonly by: string;
      readonly at: string;
      readonly comment?: string;
    }
  | { readonly as: 'declined'; readonly by: string; readonly at: string; readonly reason: string };

/** The graded limits of a hotline order; the clock rule is `hotline.` and this. */
export type Grade = '2-hours' | '24-hours' | '7-days' | '15-days';

export interface Reporter {
  /** Absent: filed without a name. */
  readonly name?: string;
  readonly phone?: string;
  /** Set when the reporter is a registered resident of this plan. */
  readonly resident?: string;
  readonly confidential: boolean;
}

export interface MatterStory {
  readonly kind: 'matter';
  readonly id: string;
  /** When it was registered, the same as `registeredAt`; here so that happenings sort by one field. */
  readonly at: string;
  readonly registeredAt: string;
  /** The clerk or field official who wrote it down; absent when the resident filed it. */
  readonly registeredBy?: string;
  readonly channel: Channel;
  /** A grid in the township told, a village elsewhere. */
  readonly area: string;
  readonly household?: string;
  readonly visit?: string;
  readonly reporter: Reporter;
  readonly subject: string;
  readonly body: string;
  /** Id and name of a third-level category of the default catalogue. */
  readonly category: string;
  readonly categoryName: string;
  /** The unit that is competent in the end; the first dispatch may go elsewhere. */
  readonly unit: string;
  readonly grade: Grade;
  /** What had happened by `until`, in time order. The rest of the story is still to come. */
  readonly steps: readonly Step[];
}

/** `by` is an official's id, or the reporter. */
export type Step = { readonly at: string; readonly by: 'reporter' | (string & {}) } & StepBody;

export type StepBody =
  | { readonly kind: 'dispatch'; readonly unit: string; readonly text: string }
  | { readonly kind: 'return'; readonly betterUnit: string; readonly text: string }
  | { readonly kind: 'adjudicate'; readonly unit: string; readonly text: string }
  | { readonly kind: 'acknowledge'; readonly lead: string; readonly measures: string }
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'instruct'; readonly text: string }
  | { readonly kind: 'ask-extension'; readonly days: number; readonly text: string }
  | { readonly kind: 'grant-extension'; readonly days: number; readonly text: string }
  | { readonly kind: 'refuse-extension'; readonly text: string }
  | { readonly kind: 'suspend'; readonly text: string }
  | { readonly kind: 'resume'; readonly text: string }
  | { readonly kind: 'explain-delay'; readonly text: string }
  | {
      readonly kind: 'answer';
      readonly disposition: Disposition;
      readonly text: string;
      /** Deferred only: what is done until then, and the day it is looked at again. */
      readonly plan?: string;
      readonly recheckOn?: string;
      /** Not permitted only: the rule that stands in the way. */
      readonly policy?: string;
    }
  /** The unit's note, and the answer it stands on. */
  | { readonly kind: 'resolve'; readonly text: string; readonly answer: string }
  | { readonly kind: 'confirm'; readonly text: string }
  /** A no, here or at the call-back, puts the matter back to work. */
  | { readonly kind: 'deny'; readonly text: string }
  | { readonly kind: 'call-back'; readonly outcome: 'confirmed' | 'denied' | 'unreached'; readonly text: string }
  /** After it was closed: it came back. */
  | { readonly kind: 'reopen'; readonly text: string }
  | { readonly kind: 'rate'; readonly stars: 1 | 2 | 3 | 4 | 5; readonly text: string };
