import type { Role } from '../access/model.ts';
import type { AssignmentType, Level, UnitType } from './model.ts';

export interface AreaRow {
  county: number;
  id: string;
  parent: string | null;
  level: Level;
  kind: string;
  name: string;
  code: string;
  /** From the county down to itself. */
  chain: string[];
  pinyin: string;
  initials: string;
  closed: boolean;
}

export interface UnitRow {
  county: number;
  id: string;
  parent: string | null;
  name: string;
  short_name: string;
  kind: UnitType;
  area: string;
  head: string | null;
  reception: string | null;
  pinyin: string;
  initials: string;
  closed: boolean;
  code: string | null;
}

export interface OfficialRow {
  county: number;
  id: string;
  name: string;
  pinyin: string;
  initials: string;
  title: string;
  unit: string;
  phone: string;
  photo: string | null;
  retired: boolean;
  code: string | null;
}

export interface PostRow {
  county: number;
  official: string;
  place: number;
  role: Role;
  unit: string;
  area: string | null;
  title: string;
  since: string;
  until: string | null;
}

export interface AssignmentRow {
  county: number;
  id: string;
  official: string;
  kind: AssignmentType;
  area: string | null;
  household: string | null;
  unit: string | null;
  role: string;
  since: string;
  until: string | null;
  locked_until: string | null;
}
