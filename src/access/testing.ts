/**
 * For tests only: who may do what, written a second time and from the other side — as the documents and the red
 * lines say it, one line for one action — so that a slip in `table.ts` has to be made twice to pass.
 *
 * Letters say how the asker must stand to the record: `*` any record, `a` in their area, `u` with their unit,
 * `s` with them in person, `k` by its key, `-` never.
 */
import type { Role } from './model.ts';

const columns = [
  'field',
  'clerk',
  'handler',
  'head',
  'leader',
  'inspector',
  'administrator',
  'auditor',
  'resident',
  'anyone',
] as const;
export type Column = (typeof columns)[number];
/** Everybody who works here. */
export const roles = columns.slice(0, 8) as Role[];

//                             驻村干部 受理员 承办人 乡镇负责人 县领导 督查员 系统管理员 审计员 居民 任何人
const written = `
  portal.use                   *       *      *      *         *      *      *         *      *    *
  session.open                 *       *      *      *         *      *      *         *      *    *
  session.use                  *       *      *      *         *      *      *         *      -    -
  sync.use                     *       *      *      *         *      *      *         *      -    -
  organisation.read            *       *      *      *         *      *      *         *      -    -
  area.add                     -       -      -      -         -      -      *         -      -    -
  area.rename                  -       -      -      -         -      -      *         -      -    -
  area.move                    -       -      -      -         -      -      *         -      -    -
  area.close                   -       -      -      -         -      -      *         -      -    -
  unit.add                     -       -      -      -         -      -      *         -      -    -
  unit.rename                  -       -      -      -         -      -      *         -      -    -
  unit.move                    -       -      -      -         -      -      *         -      -    -
  unit.lead                    -       -      -      -         -      -      *         -      -    -
  unit.close                   -       -      -      -         -      -      *         -      -    -
  official.register            -       -      -      -         -      -      *         -      -    -
  official.amend               -       -      -      -         -      -      *         -      -    -
  official.give-post           -       -      -      -         -      -      *         -      -    -
  official.end-post            -       -      -      -         -      -      *         -      -    -
  official.retire              -       -      -      -         -      -      *         -      -    -
  assignment.make              -       -      -      a         -      -      *         -      -    -
  assignment.end               -       -      -      a         -      -      *         -      -    -
  organisation.import          -       -      -      -         -      -      *         -      -    -
  account.open                 -       -      -      -         -      -      *         -      -    -
  account.reset                -       -      -      -         -      -      *         -      -    -
  account.close                -       -      -      -         -      -      *         -      -    -
  account.set-password         s       s      s      s         s      s      s         s      -    -
  account.add-passkey          s       s      s      s         s      s      s         s      -    -
  account.drop-passkey         s       s      s      s         s      s      s         s      -    -
  policy.read                  *       *      *      *         *      *      *         *      -    -
  policy.publish               -       -      -      -         -      -      *         -      -    -
  household.read               as      a      -      a         -      -      -         -      -    -
  household.register           a       a      -      -         -      -      *         -      -    -
  household.amend              as      a      -      -         -      -      -         -      -    -
  household.contact            as      a      -      -         -      -      -         -      -    -
  household.disclose           -       a      -      -         -      -      -         -      -    -
  resident.add                 as      a      -      -         -      -      -         -      -    -
  resident.amend               as      a      -      -         -      -      -         -      -    -
  resident.leave               as      a      -      -         -      -      -         -      -    -
  resident.consent             as      a      -      -         -      -      -         -      -    -
  household.import             -       -      -      -         -      -      *         -      -    -
  reading.ask                  -       a      -      -         -      -      *         *      -    -
  visit.read                   as      -      -      a         -      *      -         -      -    -
  visit.record                 as      -      -      -         -      -      -         -      -    -
  visit.countersign            s       -      -      -         -      -      -         -      k    -
  visit.decline                s       -      -      -         -      -      -         -      k    -
  visit.correct                s       -      -      -         -      -      -         -      -    -
  visit.keep-promise           as      -      -      -         -      -      -         -      -    -
  visit.explain-promise        as      -      -      -         -      -      -         -      -    -
  visit.withdraw               s       -      -      -         -      -      -         -      -    -
  visit.count                  s       -      -      a         *      *      -         -      -    -
  labour.record                s       s      s      s         s      s      s         s      -    -
  labour.correct               s       s      s      s         s      s      s         s      -    -
  labour.withdraw              s       s      s      s         s      s      s         s      -    -
  labour.sign                  s       s      s      s         s      s      s         s      -    -
  labour.confirm               a       -      -      a         -      -      -         -      -    -
  labour.return                a       -      -      a         -      -      -         -      -    -
  labour.read                  s       s      s      as        s      *      s         s      -    -
  labour.count                 s       a      s      a         *      *      s         *      -    -
  pair.read                    as      a      s      a         s      *      s         s      -    -
  pair.make                    as      a      -      a         -      -      -         -      -    -
  pair.plan                    s       s      s      s         s      s      s         s      -    -
  pair.join                    s       s      s      s         s      s      s         s      -    -
  pair.leave                   s       s      s      s         s      s      s         s      k    -
  pair.do                      s       s      s      s         s      s      s         s      -    -
  pair.say                     s       s      s      s         s      s      s         s      k    -
  pair.review                  -       a      -      a         -      *      -         -      -    -
  pair.renew                   s       s      s      s         s      s      s         s      -    -
  pair.take-over               a       -      -      a         -      -      -         -      -    -
  pair.end                     s       s      s      as        s      s      s         s      k    -
  festival.count               as      a      -      a         *      *      -         *      -    -
  festival.read                as      a      -      a         -      -      -         -      -    -
  festival.open                -       a      -      a         -      -      -         -      -    -
  festival.close               -       a      -      a         -      -      -         -      -    -
  gift.propose                 as      a      -      -         -      -      -         -      -    -
  gift.decide                  -       a      -      a         -      -      -         -      -    -
  gift.hand-over               as      -      -      -         -      -      -         -      -    -
  gift.decline                 as      a      -      -         -      -      -         -      -    -
  burden.read                  *       *      *      *         *      *      *         *      -    -
  duty.read                    s       s      s      s         s      s      s         s      -    -
  duty.lead                    s       s      s      s         s      s      s         s      -    -
  duty.supervise               -       -      -      a         *      *      -         -      -    -
  exception.ask                s       s      s      s         s      s      s         s      -    -
  exception.grant              -       -      -      a         *      -      -         -      -    -
  exception.decide             -       -      -      a         *      -      -         -      -    -
  exception.shorten            -       -      -      a         *      -      -         -      -    -
  team.read                    *       *      *      *         *      *      *         *      -    -
  campaign.read                *       *      *      *         *      *      *         *      -    -
  team.found                   -       a      -      a         -      -      *         -      -    -
  team.amend                   -       a      -      a         -      -      *         -      -    -
  team.take-place              -       a      -      a         -      -      *         -      -    -
  team.leave-place             -       a      -      a         -      -      *         -      -    -
  team.end                     -       a      -      a         -      -      *         -      -    -
  member.join                  -       a      -      a         -      -      *         -      -    -
  member.transfer              -       a      -      a         -      -      *         -      -    -
  member.leave                 -       a      -      a         -      -      *         -      -    -
  campaign.start               -       a      -      a         -      -      *         -      -    -
  campaign.move                -       a      -      a         -      -      *         -      -    -
  campaign.end                 -       a      -      a         -      -      *         -      -    -
  campaign.continue            -       a      -      a         -      -      *         -      -    -
  team.import                  -       -      -      -         -      -      *         -      -    -
  campaign.count               s       as     s      as        *      *      *         *      -    -
  form.read                    s       s      s      s         s      s      s         s      -    -
  form.fill                    s       s      s      s         s      -      -         -      -    -
  occasion.read                s       s      s      s         s      s      s         s      -    -
  occasion.record              s       s      s      s         s      -      -         -      -    -
  occasion.withdraw            s       s      s      s         s      -      -         -      -    -
  matter.read                  as      a      u      a         *      *      -         *      k    -
  matter.contact               s       a      u      -         -      *      -         -      k    -
  matter.register              a       a      -      -         -      -      -         -      -    *
  matter.classify              -       a      u      -         -      -      -         -      -    -
  matter.dispatch              -       a      -      a         -      -      -         -      -    -
  matter.acknowledge           -       -      u      -         -      -      -         -      -    -
  matter.plan                  -       -      u      -         -      -      -         -      -    -
  matter.return                -       -      u      -         -      -      -         -      -    -
  matter.adjudicate            -       a      -      a         *      -      -         -      -    -
  matter.progress              -       -      u      -         -      -      -         -      -    -
  matter.suspend               -       -      u      -         -      -      -         -      -    -
  matter.resume                -       a      u      -         -      -      -         -      -    -
  matter.ask-extension         -       -      u      -         -      -      -         -      -    -
  matter.decide-extension      -       a      -      a         *      -      -         -      -    -
  matter.tell                  a       a      u      -         -      -      -         -      -    -
  matter.dispose               -       -      u      -         -      -      -         -      -    -
  matter.answer                -       -      u      -         -      -      -         -      -    -
  matter.resolve               -       -      u      -         -      -      -         -      -    -
  matter.confirm               -       -      -      -         -      -      -         -      k    -
  matter.deny                  -       -      -      -         -      -      -         -      k    -
  matter.rate                  -       -      -      -         -      -      -         -      k    -
  matter.reopen                -       -      -      -         -      -      -         -      k    -
  matter.call-back             -       a      -      -         -      *      -         -      -    -
  tip-circle.read              -       -      -      -         *      *      -         -      -    -
  tip-circle.propose           -       -      -      -         *      -      -         -      -    -
  tip-circle.confirm           -       -      -      -         *      *      -         -      -    -
  tip-circle.remove            -       -      -      -         *      s      -         -      -    -
  tip-off.file                 -       -      -      -         -      *      -         -      -    *
  tip-off.add                  -       -      -      -         -      -      -         -      k    -
  finding.read                 s       s      s      s         s      s      s         s      -    -
  finding.appeal               s       s      s      s         s      s      s         s      -    -
  tip-off.read                 -       -      -      -         s      s      -         -      -    -
  tip-off.concern              -       -      -      -         s      s      -         -      -    -
  tip-off.step-back            -       -      -      -         s      s      -         -      -    -
  tip-off.admit                -       -      -      -         s      s      -         -      -    -
  tip-off.start                -       -      -      -         s      s      -         -      -    -
  tip-off.note                 -       -      -      -         s      s      -         -      -    -
  tip-off.raise                -       -      -      -         s      s      -         -      -    -
  tip-off.hear                 -       -      -      -         s      s      -         -      -    -
  tip-off.conclude             -       -      -      -         s      s      -         -      -    -
  tip-off.approve              -       -      -      -         s      s      -         -      -    -
  tip-reporter.ask             -       -      -      -         s      s      -         -      -    -
  tip-reporter.grant           -       -      -      -         s      s      -         -      -    -
  tip-reporter.refuse          -       -      -      -         s      s      -         -      -    -
  tip-reporter.open            -       -      -      -         s      s      -         -      -    -
  finding.review               -       -      -      -         s      s      -         -      -    -
  suggestion.read              -       a      u      a         *      *      -         -      k    -
  suggestion.contact           -       a      -      a         -      -      -         -      k    -
  suggestion.file              a       a      -      -         -      -      -         -      -    *
  suggestion.send              -       a      -      a         -      -      -         -      -    -
  suggestion.set-aside         -       a      -      a         -      -      -         -      -    -
  suggestion.make-matter       -       a      -      a         -      -      -         -      -    -
  suggestion.return            -       -      u      -         -      -      -         -      -    -
  suggestion.answer            -       -      u      -         -      -      -         -      -    -
  suggestion.follow            -       -      u      -         -      -      -         -      -    -
  suggestion.thank             -       a      -      a         -      -      -         -      -    -
  suggestion.agree             -       -      -      -         -      -      -         -      k    -
  suggestion.count             -       a      u      a         *      *      -         *      -    -
  meeting.read                 s       as     us     as        *      *      s         s      -    -
  meeting.call                 -       a      u      a         *      -      -         -      -    -
  meeting.change               -       a      u      a         *      -      -         -      -    -
  meeting.cancel               -       a      u      a         *      -      -         -      -    -
  meeting.draw                 -       a      u      a         *      -      -         -      -    -
  meeting.set-agenda           -       a      u      a         *      -      -         -      -    -
  meeting.hold                 -       a      u      a         *      -      -         -      -    -
  meeting.mend                 -       a      u      a         *      -      -         -      -    -
  meeting.check-task           -       a      u      a         *      -      -         -      -    -
  meeting.report-task          s       as     us     as        s      s      s         s      -    -
  meeting.count                -       a      u      a         *      *      -         -      -    -
  standing-group.read          *       *      *      *         *      *      *         *      -    -
  standing-group.found         -       a      -      a         -      -      *         -      -    -
  standing-group.amend         -       a      -      a         -      -      *         -      -    -
  standing-group.seat          -       a      -      a         -      -      *         -      -    -
  standing-group.unseat        -       a      -      a         -      -      *         -      -    -
  standing-group.end           -       a      -      a         -      -      *         -      -    -
  responsibility.read          *       *      *      *         *      *      *         *      -    -
  responsibility.assign        -       a      u      a         -      -      *         -      -    -
  matter.name-persons          -       a      -      a         *      *      -         -      -    -
  matter.instruct              -       -      -      a         *      -      -         -      -    -
  matter.explain-delay         -       -      u      -         -      -      -         -      -    -
  matter.accept                -       -      u      -         -      -      -         -      -    -
  matter.refuse                -       a      u      -         -      -      -         -      -    -
  matter.uphold-refusal        -       a      -      a         *      -      -         -      -    -
  matter.correct-paper         -       a      u      -         -      -      -         -      -    -
  matter.revoke-opinion        -       -      u      a         *      -      -         -      -    -
  matter.serve                 a       a      u      -         -      -      -         -      -    -
  matter.receive               -       -      -      -         -      -      -         -      k    -
  review.read                  -       us     us     us        *      *      -         *      k    -
  review.ask                   -       a      -      -         -      -      -         -      k    -
  review.accept                -       u      u      u         u      -      -         -      -    -
  review.refuse                -       u      u      u         u      -      -         -      -    -
  review.arrange-hearing       -       u      u      u         u      -      -         -      -    -
  review.hold-hearing          -       u      u      u         u      -      -         -      -    -
  review.cancel-hearing        -       u      u      u         u      -      -         -      -    -
  review.answer                -       u      u      u         u      -      -         -      -    -
  review.serve                 -       us     u      u         u      -      -         -      -    -
  review.receive               -       -      -      -         -      -      -         -      k    -
  review.withdraw              -       -      -      -         -      -      -         -      k    -
  matter.share                 -       a      u      a         -      -      -         -      -    -
  matter.answer-part           -       -      u      -         -      -      -         -      -    -
  matter.decline-part          -       -      u      -         -      -      -         -      -    -
  matter.decide-part           -       a      -      a         *      -      -         -      -    -
  matter.ask-part-again        -       a      u      a         -      -      -         -      -    -
  matter.drop-part             -       a      u      a         -      -      -         -      -    -
  matter.raise                 s       a      u      a         -      -      -         -      -    -
  matter.hear-above            s       a      u      a         -      -      -         -      -    -
  matter.take-up               -       a      u      -         -      -      -         -      -    -
  matter.reconsider            -       a      u      a         -      -      -         -      -    -
  matter.merge                 -       a      -      a         -      -      -         -      -    -
  matter.unmerge               -       a      -      a         -      -      -         -      -    -
  matter.split                 -       a      u      a         -      -      -         -      -    -
  matter.raise-again           a       a      u      -         -      -      -         -      k    -
  matter.make-joint            -       a      -      -         -      -      -         -      -    -
  matter.bulk                  -       a      u      a         -      -      -         -      -    -
  alike.read                   a       a      u      a         -      -      -         -      -    -
  hotspot.read                 -       a      u      a         *      *      -         -      -    -
  hotspot.raise                -       a      -      a         *      -      -         -      -    -
  hotspot.take-in              -       a      -      a         *      -      -         -      -    -
  hotspot.explain              -       a      -      a         *      -      -         -      -    -
  hotspot.fix                  -       -      -      a         *      -      -         -      -    -
  hotspot.report               -       u      u      u         -      -      -         -      -    -
  hotspot.hear                 -       a      -      -         -      *      -         -      -    -
  hotspot.settle               -       a      -      a         *      -      -         -      -    -
  hotspot.drop                 -       -      -      a         *      -      -         -      -    -
  matter.import                -       -      -      -         -      -      *         -      -    -
  matter.dossier               -       a      u      a         *      *      -         *      -    -
  paper.read                   s       au     u      au        *      *      -         *      -    -
  paper.rehearse               *       *      *      *         *      *      *         *      -    -
  paper.issue                  -       u      u      u         u      -      -         -      -    -
  paper.void                   -       u      u      u         u      -      -         -      -    -
  matter.count                 -       a      u      a         *      *      -         *      -    -
  order.read                   s       aus    us     aus       *      *      -         *      -    -
  order.count                  -       a      -      a         *      *      -         *      -    -
  order.issue                  -       a      -      a         *      *      -         -      -    -
  order.take-up                -       u      u      u         -      -      -         -      -    -
  order.feed-back              s       us     us     us        -      -      -         -      -    -
  order.remind                 -       s      -      s         *      *      -         -      -    -
  order.judge                  -       s      -      s         *      *      -         -      -    -
  order.change-due             -       s      -      s         *      *      -         -      -    -
  order.withdraw               -       s      -      s         *      *      -         -      -    -
  order.check                  -       -      -      -         -      *      -         -      -    -
  bulletin.read                *       *      *      *         *      *      *         *      -    -
  bulletin.publish             -       -      -      -         -      *      -         -      -    -
  routing.read                 *       *      *      *         *      *      *         *      -    -
  routing.count                -       a      -      a         *      *      -         *      -    -
  route-change.propose         -       *      -      *         *      *      -         -      -    -
  route-change.accept          -       -      -      -         *      -      *         -      -    -
  route-change.decline         -       -      -      -         *      -      *         -      -    -
  policy-change.read           -       a      u      a         *      *      -         -      -    -
  policy-change.announce       -       *      -      *         *      -      *         -      -    -
  policy-change.pass-over      -       a      u      a         -      -      -         -      -    -
  owed.read                    s       s      s      s         s      s      s         s      -    -
  notice.read                  s       s      s      s         s      s      s         s      -    -
  notice.choose                s       s      s      s         s      s      s         s      -    -
  texting.allow                a       a      -      -         -      -      -         -      k    -
  texting.stop                 a       a      -      -         -      -      -         -      k    -
  outreach.read                as      a      s      a         *      *      -         -      -    -
  outreach.arrange             as      a      -      a         *      -      -         -      -    -
  outreach.change              s       a      -      a         s      -      -         -      -    -
  outreach.cancel              s       a      -      a         s      -      -         -      -    -
  outreach.book                as      a      -      -         -      -      -         -      -    *
  outreach.unbook              as      a      -      -         -      -      -         -      -    *
  outreach.take                s       a      s      s         s      -      -         -      -    -
  outreach.conclude            s       a      s      s         s      -      -         -      -    -
  outreach.count               -       a      -      a         *      *      -         -      -    -
  study.read                   s       au     us     aus       *      *      -         -      -    -
  study.open                   *       -      *      *         *      -      -         -      -    -
  study.note-day               s       -      s      s         s      -      -         -      -    -
  study.leave-out              s       -      s      s         s      -      -         -      -    -
  study.find                   s       -      s      s         s      -      -         -      -    -
  study.classify               s       -      s      s         s      -      -         -      -    -
  study.propose                s       -      s      s         s      -      -         -      -    -
  study.answer-measure         -       u      u      u         -      -      -         -      -    -
  study.report                 s       -      s      s         s      -      -         -      -    -
  study.drop                   s       -      s      s         s      -      -         -      -    -
  study.count                  -       -      -      a         *      *      -         -      -    -
  sweep.read                   u       au      u      au        *      *      -         -      -    -
  sweep.count                  -       a       -      a         *      *      -         *      -    -
  sweep.find                   u       u       u      u         -      -      -         -      -    -
  sweep.return                 u       u       u      u         -      -      -         -      -    -
  dispute.read                 us      au      u      au        *      *      -         -      -    -
  dispute.confide              u       u       u      u         -      -      -         -      -    -
  dispute.count                -       a       -      a         *      *      -         *      -    -
  dispute.register             au      au      u      au        -      -      -         -      -    -
  dispute.regrade              u       u       u      u         -      -      -         -      -    -
  dispute.assign               u       u       u      u         -      -      -         -      -    -
  dispute.hand-over            u       u       u      u         -      -      -         -      -    -
  dispute.take                 u       u       u      u         -      -      -         -      -    -
  dispute.decline              u       u       u      u         -      -      -         -      -    -
  dispute.open-mediation       u       u       u      u         -      -      -         -      -    -
  dispute.consent              u       u       u      u         -      -      -         -      k    -
  dispute.change-mediator      u       u       u      u         -      -      -         -      -    -
  dispute.hold                 u       u       u      u         -      -      -         -      -    -
  dispute.draft                u       u       u      u         -      -      -         -      -    -
  dispute.sign                 u       u       u      u         -      -      -         -      k    -
  dispute.fail                 u       u       u      u         -      -      -         -      -    -
  dispute.ask-court            u       u       u      u         -      -      -         -      -    -
  dispute.court-answers        u       u       u      u         -      -      -         -      -    -
  dispute.perform              u       u       u      u         -      -      -         -      -    -
  dispute.say-term             u       u       u      u         -      -      -         -      k    -
  dispute.settle               u       u       u      u         -      -      -         -      -    -
  dispute.to-matter            u       u       u      u         -      -      -         -      -    -
  dispute.end                  u       u       u      u         -      -      -         -      -    -
  dispute.reopen               u       au      u      au        -      -      -         -      -    -
  mediator.read                au      au      u      au        *      *      -         *      -    -
  mediator.enrol               -       a       -      a         -      -      -         -      -    -
  mediator.amend               -       a       -      a         -      -      -         -      -    -
  mediator.leave               -       a       -      a         -      -      -         -      -    -
  hard-case.read               as      as      us     as        *      *      -         *      -    -
  hard-case.count              -       a       -      a         *      *      -         *      -    -
  hard-case.propose            -       a       -      a         *      *      -         -      -    -
  hard-case.adopt              -       -       us     as        *      -      -         -      -    -
  hard-case.decline            -       -       s      s         s      -      -         -      -    -
  hard-case.plan               -       -       s      s         s      -      -         -      -    -
  hard-case.act                s       s       s      s         s      -      -         -      -    -
  hard-case.vouch              -       -       s      s         s      -      -         -      -    -
  hard-case.hand-over          -       -       s      s         s      -      -         -      -    -
  hard-case.take               -       -       s      s         s      -      -         -      -    -
  hard-case.ask-end            -       -       s      s         s      -      -         -      -    -
  hard-case.decide-end         -       -       -      a         *      *      -         -      -    -
  hard-case.reopen             -       a       -      as        *      *      -         -      -    -
  backlog.read                 -       a       -      a         *      *      -         *      -    -
  backlog.open                 -       a       -      a         *      -      -         -      -    -
  backlog.share                -       a       -      a         *      -      -         -      -    -
  backlog.end                  -       a       -      a         *      -      -         -      -    -
  guide.read                   *       *      *      *         *      *      *         *      -    -
  guide.publish                -       *      -      *         -      -      *         -      -    -
  guide.amend                  -       *      -      *         -      -      *         -      -    -
  guide.withdraw               -       *      -      *         -      -      *         -      -    -
  guide.count                  a       a      -      a         *      *      -         -      -    -
  talk.read                    as      a      -      a         *      *      -         -      -    -
  talk.hold                    a       a      -      a         *      -      -         -      -    -
  talk.ask                     as      a      -      a         *      -      -         -      -    -
  talk.tell-back               as      a      -      a         s      -      -         -      -    -
  rota.read                    -       a      -      a         *      *      -         -      -    -
  rota.draft                   -       a      -      a         -      -      -         -      -    -
  rota.put                     -       a      -      a         -      -      -         -      -    -
  rota.move                    -       a      -      a         -      -      -         -      -    -
  rota.drop                    -       a      -      a         -      -      -         -      -    -
  rota.publish                 -       a      -      a         -      -      -         -      -    -
  reception-day.read           -       a      s      as        *      *      -         -      -    -
  reception-day.announce       -       a      -      a         -      -      -         -      -    -
  reception-day.change         -       a      s      as        s      -      -         -      -    -
  reception-day.cancel         -       a      s      as        s      -      -         -      -    -
  reception-day.substitute     -       a      s      as        s      -      -         -      -    -
  reception-day.book           -       a      -      -         -      -      -         -      -    *
  reception-day.unbook         -       a      -      -         -      -      -         -      -    *
  reception-day.begin          -       -      s      s         s      -      -         -      -    -
  reception-day.receive        -       a      s      s         s      -      -         -      -    -
  reception-day.promise        -       a      s      s         s      -      -         -      -    -
  reception-day.follow         -       a      s      s         s      -      -         -      -    -
  reception-day.miss           -       a      s      s         s      -      -         -      -    -
  reception-day.end            -       -      s      s         s      -      -         -      -    -
  reception-day.count          -       a      -      a         *      *      -         *      -    -
  hall-desk.read               -       a      us     a         *      *      -         -      -    -
  hall-desk.open               -       a      -      a         -      -      -         -      -    -
  hall-desk.amend              -       a      -      a         -      -      -         -      -    -
  hall-desk.close              -       a      -      a         -      -      -         -      -    -
  hall-desk.sit                s       s      s      s         -      -      -         -      -    -
  hall-desk.rise               s       s      s      s         -      -      -         -      -    -
  hall-desk.count              -       a      -      a         *      *      -         -      -    -
  ticket.read                  -       a      u      a         -      *      -         -      -    -
  ticket.take                  -       a      u      -         -      -      -         -      -    -
  ticket.call                  -       a      u      -         -      -      -         -      -    -
  ticket.receive               -       a      u      -         -      -      -         -      -    -
  ticket.miss                  -       a      u      -         -      -      -         -      -    -
  ticket.requeue               -       a      u      -         -      -      -         -      -    -
  ticket.join                  -       a      u      -         -      -      -         -      -    -
  ticket.transfer              -       a      u      -         -      -      -         -      -    -
  ticket.note                  -       a      u      -         -      -      -         -      -    -
  ticket.register              -       a      u      -         -      -      -         -      -    -
  ticket.finish                -       a      u      -         -      -      -         -      -    -
  dialogue.read                -       a      us     as        *      *      -         -      -    -
  dialogue.announce            -       a      -      a         -      -      -         -      -    -
  dialogue.change              -       a      -      a         -      -      -         -      -    -
  dialogue.cancel              -       a      -      a         -      -      -         -      -    -
  dialogue.ask                 -       a      -      -         -      -      -         -      -    *
  dialogue.show                -       a      -      a         -      -      -         -      -    -
  dialogue.hide                -       a      -      a         -      -      -         -      -    -
  dialogue.begin               -       a      -      a         -      -      -         -      -    -
  dialogue.answer              -       a      s      as        s      -      -         -      -    -
  dialogue.close               -       a      -      a         -      -      -         -      -    -
  dialogue.follow              -       a      u      a         -      -      -         -      -    -
  dialogue.publish             -       a      -      a         -      -      -         -      -    -
  premise.read                 *       *      *      *         *      *      *         *      -    -
  premise.check                a       a      -      a         -      -      -         -      -    -
  premise.charge               -       a      -      a         -      -      -         -      -    -
  ballot.read                  s       us     s      as        *      *      s         s      -    -
  ballot.run                   -       u      -      -         -      *      -         -      -    -
  ballot.open                  -       u      -      -         -      *      -         -      -    -
  ballot.print-slips           -       u      -      -         -      *      -         -      -    -
  ballot.print-papers          -       u      -      -         -      *      -         -      -    -
  ballot.take-paper            -       u      -      -         -      *      -         -      -    -
  ballot.end                   -       u      -      -         -      *      -         -      -    -
  ballot.close                 -       u      -      -         -      *      -         -      -    -
  ballot.void                  -       u      -      -         -      *      -         -      -    -
  ballot.draw                  -       -      -      -         -      -      -         -      k    -
  informant.read               a       a      -      a         -      -      -         -      -    -
  informant.enrol              a       a      -      -         -      -      -         -      -    -
  informant.renew              a       a      -      -         -      -      -         -      -    -
  informant.end                a       a      -      -         -      -      -         -      -    -
  informant.agree              -       -      -      -         -      -      -         -      k    -
  informant.leave              -       -      -      -         -      -      -         -      k    -
  need-report.read             a       a      -      a         -      -      -         -      -    -
  need-report.file             a       a      -      -         -      -      -         -      k    -
  need-report.hand-over        s       s      -      -         -      -      -         -      -    -
  need-report.let-through      -       a      -      a         -      -      -         -      -    -
  need-report.return           -       a      -      a         -      -      -         -      -    -
  need-report.consent          -       -      -      -         -      -      -         -      k    -
  need-report.withdraw         -       -      -      -         -      -      -         -      k    -
  webhook.read                 -       -      -      -         -      -      *         -      -    -
  webhook.add                  -       -      -      -         -      -      *         -      -    -
  webhook.pause                -       -      -      -         -      -      *         -      -    -
  webhook.resume               -       -      -      -         -      -      *         -      -    -
  webhook.change-secret        -       -      -      -         -      -      *         -      -    -
  webhook.remove               -       -      -      -         -      -      *         -      -    -
  webhook.retry                -       -      -      -         -      -      *         -      -    -
  api-key.read                 -       -      -      -         -      -      *         -      -    -
  api-key.issue                -       -      -      -         -      -      *         -      -    -
  api-key.revoke               -       -      -      -         -      -      *         -      -    -
  system.operate               -       -      -      -         -      -      *         -      -    -
  system.verify                -       -      -      -         -      -      *         *      -    -
  data.export                  -       -      -      -         -      -      *         *      -    -
`;

type Line = Readonly<Record<Column, string>>;

/** Action → column → letters. */
export const expected: ReadonlyMap<string, Line> = new Map(
  written
    .trim()
    .split('\n')
    .map((line) => {
      const [action, ...letters] = line.trim().split(/\s+/);
      if (letters.length !== columns.length) throw new Error(`the line of ${action} has ${letters.length} columns`);
      return [action!, Object.fromEntries(columns.map((column, i) => [column, letters[i]!])) as Line] as const;
    }),
);

/** Whether the asker stands to the record in one of the ways the line asks for. */
export const lets = (letters: string, stands: string): boolean =>
  letters.includes('*') || [...stands].some((letter) => letters.includes(letter));

/**
 * Which action keeps which door, where the address itself does not say it. A new way in is written here as well:
 * whoever adds one says a second time who it is for.
 */
const doors: Readonly<Record<string, readonly string[]>> = {
  'portal.use': [
    'GET /suggest',
    'POST /suggest',
    'GET /suggestions',
    'GET /suggestions/:number',
    'POST /suggestions/:number',
    'GET /tip-off',
    'POST /tip-off',
    'GET /tip-off/:number',
    'POST /tip-off/:number',
    'GET /tip-off/:number/leave',
    'GET /sign-in',
    'GET /sign-in.js',
    'GET /setup',
    'GET /api/cards/:id',
    'POST /api/sync/standing',
    'GET /api/sign/:id',
    'POST /api/sign/:id',
    'POST /api/sign/:id/decline',
    'GET /',
    'GET /say',
    'POST /say',
    'GET /places',
    'POST /say/alike',
    'GET /progress',
    'POST /progress',
    'GET /p/:number',
    'GET /progress/:number',
    'GET /progress/:number/photos/:photo',
    'POST /progress/:number',
    'GET /progress/:number/leave',
    'GET /officials',
    'GET /card/:official',
    'GET /overdue',
    'GET /done',
    'GET /progress/:number/readers',
    'POST /progress/:number/texts',
    'GET /sign/:visit/readers',
    'GET /api/sign/:id/readings',
    'GET /sign/:visit',
    'POST /sign/:visit',
    'GET /api/mediation/:id',
    'POST /api/mediation/:id/consent',
    'POST /api/mediation/:id/sign',
    'POST /api/mediation/:id/term',
    'GET /mediation/:id',
    'POST /mediation/:id',
    'GET /api/pair/:id',
    'POST /api/pair/:id/say',
    'POST /api/pair/:id/leave',
    'POST /api/pair/:id/end',
    'GET /pair/:id',
    'POST /pair/:id',
    'GET /help',
    'GET /look',
    'GET /portal.css',
    'GET /portal.js',
    'GET /api/receptions',
    'GET /api/reception-days/open',
    'GET /api/halls/:area/screen',
    'GET /api/dialogues/open',
    'GET /dialogues',
    'GET /dialogues/:id',
    'POST /dialogues/:id',
    'GET /receptions',
    'GET /receptions/:id',
    'POST /receptions/:id',
    'GET /reception-days',
    'GET /reception-days/:id',
    'POST /reception-days/:id',
    'GET /hall/:area',
    'GET /hall.js',
    'GET /hall.css',
    'GET /ticket/:id',
    'GET /ballot',
    'GET /ballot/:id',
    'GET /ballot.js',
    'POST /ballot/:id/draw',
    'POST /ballot/:id/cast',
    'GET /informant/:id',
    'POST /informant/:id',
    'GET /need-report/:id',
    'POST /need-report/:id',
    'GET /api/openapi.json',
    'GET /api',
    'GET /open311/v2/services.json',
    'GET /open311/v2/services.xml',
    'GET /open311/v2/requests.json',
    'GET /open311/v2/requests.xml',
    'GET /open311/v2/services/:file',
    'GET /open311/v2/requests/:file',
  ],
  'session.open': [
    'POST /sign-in',
    'POST /setup',
    'POST /api/session',
    'DELETE /api/session',
    'POST /api/session/passkey/options',
    'POST /api/session/passkey',
    'POST /api/setup',
    'GET /sign-in/oidc',
    'GET /sign-in/oidc/callback',
  ],
  'session.use': [
    'GET /api/session',
    'GET /api/sessions',
    'DELETE /api/sessions/:id',
    'GET /api/account',
    'GET /api/account/passkeys',
    'GET /api/search',
  ],
  'sync.use': [
    'POST /api/sync/pull',
    'POST /api/sync/commands',
    'GET /api/sync/deferred',
    'GET /api/sync/devices',
    'POST /api/sync/devices/:id/lock',
    'POST /api/sync/rescue/import',
  ],
  'account.set-password': ['POST /api/account/password'],
  'account.add-passkey': ['POST /api/account/passkeys/options', 'POST /api/account/passkeys'],
  'account.drop-passkey': ['DELETE /api/account/passkeys/:id'],
  'account.open': ['GET /api/accounts', 'POST /api/accounts'],
  'hotspot.read': ['GET /api/hotspots', 'GET /api/hotspots/:id'],
  'alike.read': ['POST /api/alike', 'GET /api/alike/inbox'],
  'matter.bulk': ['POST /api/matters/bulk'],
  'policy.read': ['GET /api/policies', 'GET /api/policies/:name', 'GET /api/duties/templates'],
  'policy.publish': ['POST /api/policies/:name/publish', 'POST /api/duties/preview'],
  'duty.read': ['GET /api/duties/mine'],
  'duty.lead': ['GET /api/duties/led'],
  'duty.supervise': ['GET /api/duties/progress', 'GET /api/duties/exceptions', 'GET /api/duties/officials'],
  'organisation.read': [
    'GET /api/areas',
    'GET /api/areas/search',
    'GET /api/areas/:id',
    'GET /api/areas/:id/board',
    'GET /api/units',
    'GET /api/units/search',
    'GET /api/units/:id',
    'GET /api/units/:id/plate',
    'GET /api/officials',
    'GET /api/officials/search',
    'GET /api/officials/:id',
    'GET /api/officials/:id/card',
    'GET /api/assignments',
    'GET /api/assignments/:id',
    'GET /api/coverage',
    'GET /api/coverage/:check',
    'GET /print/card/:official',
    'GET /print/cards',
    'GET /print/board/:area',
    'GET /print/plate/:unit',
  ],
  'organisation.import': [
    'POST /api/organisation/import',
    'POST /api/organisation/import/report',
    'GET /api/organisation/template',
  ],
  'household.read': [
    'GET /api/households',
    'GET /api/households/:id',
    'GET /api/people',
    'GET /api/services',
    'GET /api/households/:id/visits',
    'GET /api/households/:id/phones',
    'GET /api/households/:id/pairs',
    'GET /api/households/:id/gifts',
  ],
  'reading.ask': ['GET /api/households/:id/readings'],
  'household.disclose': ['GET /api/households/:id/held'],
  'household.import': ['POST /api/households/import'],
  'visit.record': ['GET /api/visits/today'],
  'visit.count': [
    'GET /api/rates',
    'GET /api/rates/records',
    'GET /api/visits/coverage',
    'GET /api/visits/first',
    'GET /api/visits/reached',
    'GET /api/diary/week/:day',
    'GET /api/diary/month/:month',
  ],
  'visit.read': ['GET /api/visits/:id', 'GET /api/visits/:id/signature', 'GET /api/diary'],
  'visit.countersign': ['GET /api/visits/:id/link'],
  'team.read': [
    'GET /api/teams',
    'GET /api/teams/mine',
    'GET /api/teams/:id',
    'GET /api/teams/coverage',
    'GET /api/teams/coverage/:gap',
  ],
  'team.import': ['GET /api/teams/template', 'POST /api/teams/import', 'POST /api/teams/import/report'],
  'campaign.read': [
    'GET /api/campaigns',
    'GET /api/campaigns/templates',
    'GET /api/campaigns/preview/:code',
    'GET /api/campaigns/mine',
    'GET /api/campaigns/:id',
    'GET /api/campaigns/:id/mine',
  ],
  'campaign.count': [
    'GET /api/campaigns/:id/figures',
    'GET /api/campaigns/:id/reached',
    'GET /api/campaigns/:id/records',
    'GET /api/teams/:id/going',
  ],
  'form.read': ['GET /api/forms/due'],
  'occasion.read': ['GET /api/occasions'],
  'labour.record': ['GET /api/labours/mine'],
  'labour.confirm': ['GET /api/labours/waiting'],
  'labour.count': ['GET /api/labours/totals'],
  'labour.read': ['GET /print/labour'],
  'pair.read': ['GET /api/pairs', 'GET /api/pairs/:id'],
  'pair.plan': ['GET /api/pairs/:id/link'],
  'festival.count': ['GET /api/festivals'],
  'festival.read': ['GET /api/festivals/:id/households'],
  'burden.read': ['GET /api/burden'],
  'matter.read': [
    'GET /api/ledger',
    'GET /api/ledger/index',
    'GET /api/ledger.xlsx',
    'GET /print/ledger',
    'GET /api/matters/export.csv',
    'GET /api/matters/export.jsonl',
    'GET /api/matters/export.xlsx',
    'GET /api/today',
    'GET /api/matters',
    'GET /api/matters/:id',
    'GET /api/matters/:id/alike',
    'GET /api/matters/:id/why',
    'GET /api/matters/:id/papers',
    'GET /api/matters/:id/photos/:photo',
    'GET /api/matters/:id/notices',
  ],
  'owed.read': ['GET /api/owed'],
  'notice.read': ['GET /api/notices', 'GET /api/notices/unread', 'POST /api/notices/read'],
  'notice.choose': ['GET /api/notices/choice', 'POST /api/notices/choice'],
  'system.operate': ['GET /api/notices/ways', 'POST /api/notices/retry'],
  'matter.count': [
    'GET /api/statistics',
    'GET /api/statistics/records',
    'GET /api/statistics/period',
    'GET /api/statistics/period.xlsx',
    'GET /api/statistics/lines',
    'GET /print/statistics',
    'GET /api/leader',
    'GET /print/leader',
  ],
  'matter.classify': ['GET /api/matters/:id/proposals'],
  'matter.resolve': ['POST /api/matters/:id/check-reply'],
  'review.read': ['GET /api/reviews', 'GET /api/reviews/:id'],
  'matter.register': ['POST /api/proposals', 'POST /open311/v2/requests.json', 'POST /open311/v2/requests.xml'],
  'tip-off.read': ['GET /api/tip-offs', 'GET /api/tip-offs/:id', 'GET /api/tip-offs/:id/readings'],
  'tip-reporter.ask': ['POST /api/tip-offs/:id/reporter/ask'],
  'tip-reporter.grant': ['POST /api/tip-offs/:id/reporter/grant'],
  'tip-reporter.refuse': ['POST /api/tip-offs/:id/reporter/refuse'],
  'tip-reporter.open': ['POST /api/tip-offs/:id/reporter/open'],
  'tip-circle.read': ['GET /api/tip-circle'],
  'finding.read': ['GET /api/findings'],
  'routing.read': ['GET /api/routing'],
  'routing.count': ['GET /api/routing/bounces'],
  'policy-change.read': ['GET /api/policy-changes'],
  'order.read': ['GET /api/orders', 'GET /api/orders/:id'],
  'order.count': ['GET /api/orders/figures'],
  'order.check': ['GET /api/orders/check'],
  'bulletin.read': ['GET /api/bulletins', 'GET /api/bulletins/:month', 'GET /print/bulletin/:month'],
  'suggestion.read': ['GET /api/suggestions', 'GET /api/suggestions/:id'],
  'suggestion.count': ['GET /api/suggestions/figures'],
  'meeting.read': ['GET /api/meetings', 'GET /api/meetings/:id'],
  'meeting.count': ['GET /api/meetings/regularity'],
  'standing-group.read': ['GET /api/standing-groups', 'GET /api/standing-groups/:id'],
  'responsibility.read': ['GET /api/responsibilities'],
  'outreach.read': ['GET /api/outreaches', 'GET /api/outreaches/:id'],
  'outreach.count': ['GET /api/outreaches/figures'],
  'rota.read': ['GET /api/rotas', 'GET /api/rotas/:id', 'GET /api/rotas/:id/sheet'],
  'reception-day.read': ['GET /api/reception-days', 'GET /api/reception-days/:id'],
  'reception-day.count': ['GET /api/reception-days/figures', 'GET /api/reception-days/figures/records'],
  'hall-desk.read': ['GET /api/hall-desks', 'GET /api/hall-desks/:id'],
  'hall-desk.count': ['GET /api/tickets/figures', 'GET /api/tickets/records'],
  'ticket.call': ['POST /api/hall-desks/:id/next'],
  'ticket.read': ['GET /api/tickets/:id'],
  'ticket.take': ['GET /api/tickets/:id/slip'],
  'dialogue.read': ['GET /api/dialogues', 'GET /api/dialogues/:id'],
  'study.read': [
    'GET /api/studies',
    'GET /api/studies/findings',
    'GET /api/studies/:id',
    'GET /api/studies/:id/report',
  ],
  'study.count': ['GET /api/studies/figures'],
  'sweep.read': ['GET /api/sweeps/mine'],
  'sweep.count': ['GET /api/sweeps'],
  'dispute.read': ['GET /api/disputes', 'GET /api/disputes/:id'],
  'dispute.count': ['GET /api/disputes/figures'],
  'dispute.consent': ['GET /api/disputes/:id/link'],
  'mediator.read': ['GET /api/mediators'],
  'hard-case.read': ['GET /api/hard-cases', 'GET /api/hard-cases/:id'],
  'hard-case.count': ['GET /api/hard-cases/leaders'],
  'backlog.read': [
    'GET /api/backlog',
    'GET /api/backlogs',
    'GET /api/backlogs/:id',
    'GET /api/backlogs/:id/records',
    'GET /api/backlogs/:id/print',
  ],
  'guide.read': ['GET /api/guides', 'GET /api/guides/:id'],
  'guide.count': ['GET /api/guides/:id/reach'],
  'talk.read': ['GET /api/talks', 'GET /api/talks/:id'],
  'premise.read': [
    'GET /api/premises/coverage',
    'GET /api/premises/coverage/:list',
    'GET /api/premises/mine',
    'GET /api/premises/:area',
    'GET /print/premises/:area',
  ],
  'matter.dossier': ['GET /api/matters/:id/dossier'],
  'paper.read': [
    'GET /api/papers',
    'GET /api/papers/:id',
    'GET /api/papers/:id/pdf',
    'GET /api/papers/:id/docx',
    'GET /api/papers/:id/print',
  ],
  'paper.rehearse': ['POST /api/papers/rehearse'],
  'paper.issue': ['POST /api/papers/preview'],
  'ballot.read': ['GET /api/ballots', 'GET /api/ballots/:id'],
  'ballot.run': [
    'GET /api/ballots/:id/electors',
    'GET /api/ballots/:id/slips',
    'GET /api/ballots/:id/papers',
    'POST /api/ballots/:id/papers',
  ],
  'informant.read': ['GET /api/informants'],
  'informant.enrol': ['GET /api/informants/:id/link'],
  'need-report.read': ['GET /api/need-reports', 'GET /api/need-reports/:id'],
  'need-report.hand-over': ['GET /api/need-reports/:id/link'],
  'webhook.read': ['GET /api/webhooks', 'GET /api/webhooks/:id/deliveries'],
  'api-key.read': ['GET /api/api-keys'],
  'api-key.issue': ['POST /api/api-keys'],
};

const kept = new Map(
  Object.entries(doors).flatMap(([action, addresses]) => addresses.map((address) => [address, action])),
);

/** Whether the address is a command's, which names its action: `POST /api/matters/:id/tell` is `matter.tell`. */
export const isCommand = (address: string): boolean => !kept.has(address);

/** The action that must keep this address. */
export function actionFor(address: string): string | undefined {
  const command = /^POST \/api\/([a-z-]+)\/:id\/(?:([a-z]+)s\/)?([a-z-]+)$/.exec(address);
  return kept.get(address) ?? (command === null ? undefined : `${command[2] ?? one(command[1]!)}.${command[3]}`);
}

/** matters → matter, outreaches → outreach, studies → study. */
const one = (many: string): string =>
  many.endsWith('ies') ? `${many.slice(0, -3)}y` : many.replace(/(ch)es$|s$/, '$1');
