import type { AssignmentType, Level, UnitType } from '../model.ts';
import { t } from './english.ts';

// The same words as in model.ts, kept apart so that the screens do not carry the schemas with them;
// the types see to it that none is missing.

/** As they are written into the record. */
export const areaTypes: Record<Level, readonly string[]> = {
  county: ['县', '区', '市', '旗', '开发区'],
  township: ['镇', '乡', '街道', '园区'],
  village: ['村', '社区'],
  grid: ['网格', '小组', '楼栋'],
};

/** The level of what is added below. */
export const levelBelow: Record<Level, Level | undefined> = {
  county: 'township',
  township: 'village',
  village: 'grid',
  grid: undefined,
};

export const unitTypes: Record<UnitType, string> = {
  department: t('部门'),
  township: t('乡镇政府'),
  section: t('内设机构'),
  enterprise: t('企事业单位'),
};

export const assignmentTypes: Record<AssignmentType, string> = {
  village: t('包村'),
  household: t('联户'),
  'contact-point': t('定点联系'),
  department: t('部门包村'),
};
