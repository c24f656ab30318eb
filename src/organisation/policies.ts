import type { PolicyKind } from '../policy/model.ts';
import { AssignmentRules } from './model.ts';

export const ASSIGNMENT_RULES = 'assignment-rules';

const standard: AssignmentRules = {
  lockYears: 3,
  departmentsPerTownship: { min: 2, max: 3 },
  villagesPerDepartment: { min: 2, max: 3 },
  links: [
    { role: '总负责', title: '联村主要领导' },
    { role: '管片副职', title: '联片副职' },
    { role: '综合联村干部', title: '综合联村干部' },
    { role: '党建联村干部', title: '党建联村干部' },
  ],
  contactPoints: ['township', 'village', 'enterprise'],
  matching: [
    { class: 'party-government', className: '党政部门', need: 'organisation', needName: '村级班子建设' },
    { class: 'law', className: '政法部门', need: 'mediation', needName: '矛盾调解和法律服务' },
    { class: 'economy', className: '经济部门', need: 'income', needName: '增收和产业发展' },
    { class: 'technology', className: '技术部门', need: 'skills', needName: '专业技术指导' },
  ],
  classes: {},
  needs: {},
};

export const organisationPolicies: readonly PolicyKind[] = [
  {
    name: ASSIGNMENT_RULES,
    title: '包联规则',
    schema: AssignmentRules,
    standard: { document: standard, source: '定点联系、部门包村、干部四联包村制度' },
  },
];
