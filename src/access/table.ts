import type { Relation, Role } from './model.ts';

/** Roles of officials, and the two who have none: a resident holding a record's key, and anyone at all. */
export type Who = Role | 'resident' | 'anyone';
type Rule = Partial<Record<Who, Relation | readonly Relation[]>>;

/**
 * Who may do what, and how they must stand to it. The only place that decides (row L1).
 * An action not named here cannot be asked for: routes and commands take their action from these keys.
 *
 * Two duties are kept apart by the rules of the records themselves, not here: nobody decides on their own
 * request, and a call-back is never made by the unit that handled the matter.
 */
export const table = {
  // Open to everyone: the portal.
  'portal.use': everyone(),
  'session.open': everyone(),
  'session.use': officials('all'),

  // Organisation and places
  'organisation.read': officials('all'),
  'area.add': { administrator: 'all' },
  'area.rename': { administrator: 'all' },
  'area.move': { administrator: 'all' },
  'area.close': { administrator: 'all' },
  'unit.add': { administrator: 'all' },
  'unit.rename': { administrator: 'all' },
  'unit.move': { administrator: 'all' },
  'unit.lead': { administrator: 'all' },
  'unit.close': { administrator: 'all' },
  'official.register': { administrator: 'all' },
  'official.amend': { administrator: 'all' },
  'official.give-post': { administrator: 'all' },
  'official.end-post': { administrator: 'all' },
  'official.retire': { administrator: 'all' },
  'assignment.make': { administrator: 'all', head: 'area' },
  'assignment.end': { administrator: 'all', head: 'area' },
  'organisation.import': { administrator: 'all' },
  'account.open': { administrator: 'all' },
  'account.reset': { administrator: 'all' },
  'account.close': { administrator: 'all' },
  'account.set-password': { ...officials('self') },
  'account.add-passkey': { ...officials('self') },
  'account.drop-passkey': { ...officials('self') },
  'policy.read': officials('all'),
  'policy.publish': { administrator: 'all' },

  // Residents
  'household.read': { field: ['area', 'self'], clerk: 'area', head: 'area' },
  'household.register': { field: 'area', clerk: 'area', administrator: 'all' },
  'household.amend': { field: ['area', 'self'], clerk: 'area' },
  'household.contact': { field: ['area', 'self'], clerk: 'area' },
  'resident.add': { field: ['area', 'self'], clerk: 'area' },
  'resident.amend': { field: ['area', 'self'], clerk: 'area' },
  'resident.leave': { field: ['area', 'self'], clerk: 'area' },
  'resident.consent': { field: ['area', 'self'], clerk: 'area' },
  /** Everything held, on paper, for its own people. */
  'household.disclose': { clerk: 'area' },
  'household.import': { administrator: 'all' },
  'reading.ask': { clerk: 'area', auditor: 'all', administrator: 'all' },

  // Visits
  'visit.read': { field: ['self', 'area'], head: 'area', inspector: 'all' },
  'visit.record': { field: ['area', 'self'] },
  'visit.countersign': { field: 'self', resident: 'key' },
  'visit.decline': { field: 'self', resident: 'key' },
  'visit.correct': { field: 'self' },
  'visit.keep-promise': { field: ['self', 'area'] },
  'visit.count': { field: 'self', head: 'area', leader: 'all', inspector: 'all' },

  // Phones that work without network. What one may carry is decided by `visit.record`, what one may send by each command.
  'sync.use': officials('all'),
  // Teams, campaigns and what is done on them
  'team.read': officials('all'),
  'team.found': { administrator: 'all', head: 'area', clerk: 'area' },
  'team.amend': { administrator: 'all', head: 'area', clerk: 'area' },
  'team.take-place': { administrator: 'all', head: 'area', clerk: 'area' },
  'team.leave-place': { administrator: 'all', head: 'area', clerk: 'area' },
  'team.end': { administrator: 'all', head: 'area', clerk: 'area' },
  'team.import': { administrator: 'all' },
  'member.join': { administrator: 'all', head: 'area', clerk: 'area' },
  'member.transfer': { administrator: 'all', head: 'area', clerk: 'area' },
  'member.leave': { administrator: 'all', head: 'area', clerk: 'area' },
  'campaign.read': officials('all'),
  'campaign.count': {
    ...officials('self'),
    head: ['area', 'self'],
    clerk: ['area', 'self'],
    leader: 'all',
    inspector: 'all',
    administrator: 'all',
    auditor: 'all',
  },
  'campaign.start': { administrator: 'all', head: 'area', clerk: 'area' },
  'campaign.move': { administrator: 'all', head: 'area', clerk: 'area' },
  'campaign.end': { administrator: 'all', head: 'area', clerk: 'area' },
  'campaign.continue': { administrator: 'all', head: 'area', clerk: 'area' },
  'form.read': officials('self'),
  'form.fill': { field: 'self', clerk: 'self', handler: 'self', head: 'self', leader: 'self' },
  'occasion.read': officials('self'),
  'occasion.record': { field: 'self', clerk: 'self', handler: 'self', head: 'self', leader: 'self' },
  'occasion.withdraw': { field: 'self', clerk: 'self', handler: 'self', head: 'self', leader: 'self' },
  // Labour beside residents: one's own is written down by oneself; the village says that it was so.
  'labour.record': officials('self'),
  'labour.correct': officials('self'),
  'labour.withdraw': officials('self'),
  'labour.sign': officials('self'),
  'labour.confirm': { field: 'area', head: 'area' },
  'labour.return': { field: 'area', head: 'area' },
  'labour.read': { ...officials('self'), head: ['area', 'self'], inspector: 'all' },
  'labour.count': {
    ...officials('self'),
    clerk: 'area',
    head: 'area',
    leader: 'all',
    inspector: 'all',
    auditor: 'all',
  },

  // Pairs of an official and a household
  'pair.read': { ...officials('self'), field: ['area', 'self'], clerk: 'area', head: 'area', inspector: 'all' },
  'pair.make': { field: ['area', 'self'], clerk: 'area', head: 'area' },
  'pair.plan': officials('self'),
  'pair.do': officials('self'),
  'pair.say': { ...officials('self'), resident: 'key' },
  'pair.review': { clerk: 'area', head: 'area', inspector: 'all' },
  'pair.renew': officials('self'),
  'pair.end': { ...officials('self'), head: ['area', 'self'], resident: 'key' },

  // Visits before a festival
  'festival.count': {
    field: ['area', 'self'],
    clerk: 'area',
    head: 'area',
    leader: 'all',
    inspector: 'all',
    auditor: 'all',
  },
  'festival.read': { field: ['area', 'self'], clerk: 'area', head: 'area' },
  'festival.open': { clerk: 'area', head: 'area' },
  'festival.close': { clerk: 'area', head: 'area' },
  'gift.propose': { field: ['area', 'self'], clerk: 'area' },
  'gift.decide': { clerk: 'area', head: 'area' },
  'gift.hand-over': { field: ['area', 'self'] },
  'gift.decline': { field: ['area', 'self'], clerk: 'area' },

  // What forms ask of people
  'burden.read': officials('all'),
  // Duties: everybody their own with the evidence, a head the figures of their places
  'duty.read': officials('self'),
  'duty.supervise': { head: 'area', leader: 'all', inspector: 'all' },
  'exception.ask': officials('self'),
  'exception.grant': { head: 'area', leader: 'all' },
  'exception.decide': { head: 'area', leader: 'all' },
  'exception.shorten': { head: 'area', leader: 'all' },

  // Matters
  'matter.read': {
    field: ['area', 'self'],
    clerk: 'area',
    handler: 'unit',
    head: 'area',
    leader: 'all',
    inspector: 'all',
    auditor: 'all',
    resident: 'key',
  },
  'matter.contact': { field: 'self', clerk: 'area', handler: 'unit', inspector: 'all', resident: 'key' },
  'matter.register': { field: 'area', clerk: 'area', anyone: 'all' },
  'matter.classify': { clerk: 'area', handler: 'unit' },
  'matter.dispatch': { clerk: 'area', head: 'area' },
  'matter.acknowledge': { handler: 'unit' },
  'matter.plan': { handler: 'unit' },
  'matter.return': { handler: 'unit' },
  'matter.adjudicate': { clerk: 'area', head: 'area', leader: 'all' },
  'matter.progress': { handler: 'unit' },
  'matter.suspend': { handler: 'unit' },
  'matter.resume': { handler: 'unit', clerk: 'area' },
  'matter.ask-extension': { handler: 'unit' },
  'matter.decide-extension': { head: 'area', leader: 'all', clerk: 'area' },
  'matter.tell': { handler: 'unit', clerk: 'area', field: 'area' },
  'matter.dispose': { handler: 'unit' },
  'matter.answer': { handler: 'unit' },
  'matter.resolve': { handler: 'unit' },
  'matter.confirm': { resident: 'key' },
  'matter.deny': { resident: 'key' },
  'matter.rate': { resident: 'key' },
  'matter.reopen': { resident: 'key' },
  'matter.call-back': { clerk: 'area', inspector: 'all' },
  'matter.instruct': { head: 'area', leader: 'all' },
  'matter.explain-delay': { handler: 'unit' },
  // The petition procedure: what is accepted or refused in writing, and how it reached the person
  'matter.accept': { handler: 'unit' },
  'matter.refuse': { handler: 'unit', clerk: 'area' },
  'matter.uphold-refusal': { clerk: 'area', head: 'area', leader: 'all' },
  'matter.serve': { handler: 'unit', clerk: 'area', field: 'area' },
  'matter.receive': { resident: 'key' },

  // Reviews: by the unit that reviews; who handled the petition is turned away by the rules and reads nothing of it
  'review.read': {
    clerk: ['unit', 'self'],
    handler: ['unit', 'self'],
    head: ['unit', 'self'],
    leader: 'all',
    inspector: 'all',
    auditor: 'all',
    resident: 'key',
  },
  'review.ask': { clerk: 'area', resident: 'key' },
  'review.accept': { clerk: 'unit', handler: 'unit', head: 'unit', leader: 'unit' },
  'review.refuse': { clerk: 'unit', handler: 'unit', head: 'unit', leader: 'unit' },
  'review.arrange-hearing': { clerk: 'unit', handler: 'unit', head: 'unit', leader: 'unit' },
  'review.hold-hearing': { clerk: 'unit', handler: 'unit', head: 'unit', leader: 'unit' },
  'review.cancel-hearing': { clerk: 'unit', handler: 'unit', head: 'unit', leader: 'unit' },
  'review.answer': { clerk: 'unit', handler: 'unit', head: 'unit', leader: 'unit' },
  'review.serve': { clerk: ['unit', 'self'], handler: 'unit', head: 'unit', leader: 'unit' },
  'review.receive': { resident: 'key' },
  'review.withdraw': { resident: 'key' },
  'alike.read': { field: 'area', clerk: 'area', head: 'area', handler: 'unit' },
  /** One act on many: each is decided by its own action. */
  'matter.bulk': { clerk: 'area', head: 'area', handler: 'unit' },
  'matter.merge': { clerk: 'area', head: 'area' },
  'matter.unmerge': { clerk: 'area', head: 'area' },
  'matter.split': { clerk: 'area', head: 'area', handler: 'unit' },
  'matter.raise-again': { clerk: 'area', field: 'area', handler: 'unit', resident: 'key' },
  'matter.make-joint': { clerk: 'area' },
  'matter.import': { administrator: 'all' },
  'matter.count': { clerk: 'area', head: 'area', handler: 'unit', leader: 'all', inspector: 'all', auditor: 'all' },

  // Going down
  'outreach.read': {
    field: ['area', 'self'],
    clerk: 'area',
    handler: 'self',
    head: 'area',
    leader: 'all',
    inspector: 'all',
  },
  'outreach.arrange': { field: ['area', 'self'], clerk: 'area', head: 'area', leader: 'all' },
  'outreach.change': { field: 'self', clerk: 'area', head: 'area', leader: 'self' },
  'outreach.cancel': { field: 'self', clerk: 'area', head: 'area', leader: 'self' },
  'outreach.book': { field: ['area', 'self'], clerk: 'area', anyone: 'all' },
  'outreach.unbook': { field: ['area', 'self'], clerk: 'area', anyone: 'all' },
  'outreach.take': { field: 'self', clerk: 'area', handler: 'self', head: 'self', leader: 'self' },
  'outreach.conclude': { field: 'self', clerk: 'area', handler: 'self', head: 'self', leader: 'self' },
  'outreach.count': { clerk: 'area', head: 'area', leader: 'all', inspector: 'all' },
  'study.read': {
    field: 'self',
    clerk: ['area', 'unit'],
    handler: ['unit', 'self'],
    head: ['area', 'unit', 'self'],
    leader: 'all',
    inspector: 'all',
  },
  'study.open': { field: 'all', handler: 'all', head: 'all', leader: 'all' },
  'study.note-day': { field: 'self', handler: 'self', head: 'self', leader: 'self' },
  'study.leave-out': { field: 'self', handler: 'self', head: 'self', leader: 'self' },
  'study.find': { field: 'self', handler: 'self', head: 'self', leader: 'self' },
  'study.propose': { field: 'self', handler: 'self', head: 'self', leader: 'self' },
  'study.answer-measure': { clerk: 'unit', handler: 'unit', head: 'unit' },
  'study.report': { field: 'self', handler: 'self', head: 'self', leader: 'self' },
  'study.drop': { field: 'self', handler: 'self', head: 'self', leader: 'self' },
  'study.count': { head: 'area', leader: 'all', inspector: 'all' },
  'guide.read': officials('all'),
  'guide.publish': { clerk: 'all', head: 'all', administrator: 'all' },
  'guide.amend': { clerk: 'all', head: 'all', administrator: 'all' },
  'guide.withdraw': { clerk: 'all', head: 'all', administrator: 'all' },
  'guide.count': { field: 'area', clerk: 'area', head: 'area', leader: 'all', inspector: 'all' },
  'talk.read': { field: ['area', 'self'], clerk: 'area', head: 'area', leader: 'all', inspector: 'all' },
  'talk.hold': { field: 'area', clerk: 'area', head: 'area', leader: 'all' },
  'talk.ask': { field: ['area', 'self'], clerk: 'area', head: 'area', leader: 'all' },
  'talk.tell-back': { field: ['area', 'self'], clerk: 'area', head: 'area', leader: 'self' },

  // Premises
  'premise.read': officials('all'),
  'premise.check': { field: 'area', clerk: 'area', head: 'area' },
  'premise.charge': { clerk: 'area', head: 'area' },

  // Informants: needs of places, and of households that agreed. Nobody reads a household's before.
  'informant.read': { field: 'area', clerk: 'area', head: 'area' },
  'informant.enrol': { field: 'area', clerk: 'area' },
  'informant.renew': { field: 'area', clerk: 'area' },
  'informant.end': { field: 'area', clerk: 'area' },
  'informant.leave': { resident: 'key' },
  'need-report.read': { field: 'area', clerk: 'area', head: 'area' },
  'need-report.file': { field: 'area', clerk: 'area', resident: 'key' },
  'need-report.hand-over': { field: 'self', clerk: 'self' },
  'need-report.let-through': { clerk: 'area', head: 'area' },
  'need-report.return': { clerk: 'area', head: 'area' },
  'need-report.consent': { resident: 'key' },
  'need-report.withdraw': { resident: 'key' },

  // Interfaces to other systems
  'webhook.read': { administrator: 'all' },
  'webhook.add': { administrator: 'all' },
  'webhook.pause': { administrator: 'all' },
  'webhook.resume': { administrator: 'all' },
  'webhook.change-secret': { administrator: 'all' },
  'webhook.remove': { administrator: 'all' },
  'webhook.retry': { administrator: 'all' },
  'api-key.read': { administrator: 'all' },
  'api-key.issue': { administrator: 'all' },
  'api-key.revoke': { administrator: 'all' },

  // Running the system
  'system.operate': { administrator: 'all' },
  'system.verify': { administrator: 'all', auditor: 'all' },
  'data.export': { administrator: 'all', auditor: 'all' },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof table;

export const rules: Readonly<Record<string, Rule>> = table;

function officials<R extends Relation>(relation: R) {
  return {
    field: relation,
    clerk: relation,
    handler: relation,
    head: relation,
    leader: relation,
    inspector: relation,
    administrator: relation,
    auditor: relation,
  } as const;
}

function everyone() {
  return { ...officials('all'), resident: 'all', anyone: 'all' } as const;
}
