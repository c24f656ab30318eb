import { addDays, dayOf } from '../../../calendar/days.ts';
import { sweepStream } from '../../../disputes/model.ts';
import { premiseStream } from '../../../premises/model.ts';
import { newId } from '../../ui/client.ts';
import type { Kind } from './moves.ts';

/** What there is to write about. */
export interface Scene {
  readonly county: number;
  readonly village: string;
  readonly homes: readonly { readonly id: string; readonly resident: string }[];
  readonly guides: readonly string[];
  /** Truly, whatever the phone's clock shows (ms). */
  readonly now: number;
  /** Of the writer. */
  readonly me: string;
  readonly study: string;
  readonly outreach: string;
  readonly gifts: readonly string[];
  readonly premises: readonly { readonly list: string; readonly item: string }[];
  readonly casework: Casework;
  /** Records that were begun so far, by the first word of their kind; the writer is anybody. */
  readonly begun: (noun: string) => readonly string[];
}
/** What stands with the officials' unit, each where the next step is theirs. */
export interface Casework {
  readonly unit: string;
  readonly sweeps: readonly string[];
  /** Disputes whose parties have yet to consent, to sign, to do what they agreed, to make it up. */
  readonly toConsent: string;
  readonly toSign: string;
  readonly toDo: string;
  readonly toSettle: string;
  readonly hardCase: string;
  readonly informant: string;
  /** A matter whose deferral is to be told. */
  readonly matter: string;
}
export interface Written {
  readonly stream: string;
  readonly data: Record<string, unknown>;
  /** What its events must say once, if it was accepted; some say nothing of one's own. */
  readonly words?: string;
  readonly clocked?: readonly string[];
}

const SIGNATURE = '[[[1,2],[30,40]]]';
const of = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

/** Something begun before, or nothing to write about. */
const going = (scene: Scene, noun: string, which: number, data: Record<string, unknown>, words?: string) => {
  const stream = of(scene.begun(noun), which);
  return stream === undefined ? undefined : { stream, data, ...(words === undefined ? {} : { words }) };
};

const labour = (scene: Scene, n: number, words: string) => ({
  day: addDays(dayOf(new Date().toISOString()), 1 - (n % 36)),
  part: of(['morning', 'afternoon', 'day'], n)!,
  village: scene.village,
  outputs: [{ kind: of(['植树', '清淤渠道', '种花', '没有这一种'], n)!, amount: 1 + (n % 3) }],
  note: words,
});

const sweep = ({ county, casework: { unit, sweeps } }: Scene, which: number) => {
  const period = { unit, mode: 'phase' as const, period: of(sweeps, which)! };
  return { stream: sweepStream(county, unit, period.mode, period.period), data: period };
};

const consent = (scene: Scene, which: number) => ({
  until: addDays(dayOf(new Date(scene.now).toISOString()), 300),
  by: of(scene.homes, which)!.resident,
  signature: SIGNATURE,
});

/** How each kind is written. `which` picks what it is about, `how` the rest; the words are told apart by their number. */
export const writes: Record<Kind, (scene: Scene, which: number, how: number, words: string) => Written | undefined> = {
  'visit.record': (scene, which, how, words) => ({
    stream: newId(),
    words,
    data: {
      household: of(scene.homes, which)!.id,
      contact: of(['met', 'phone', 'not-at-home'], how)!,
      note: how % 3 === 2 ? '' : words,
      needs: how % 5 === 0 && how % 3 !== 2 ? [{ words: '门口的路灯不亮' }] : [],
      promises:
        how % 2 === 0 && how % 3 !== 2 ? [{ what: '带一份表来', by: addDays(dayOf(new Date().toISOString()), 3) }] : [],
      // The phone's clock writes it, or somebody who knows when it was.
      metAt: new Date(how % 4 === 0 ? Date.now() : scene.now - (how % 4) * 86_400_000).toISOString(),
      withWhom: [],
    },
    ...(how % 3 === 2 ? { words: '' } : {}),
    ...(how % 4 === 0 ? { clocked: ['metAt'] } : {}),
  }),
  'visit.correct': (scene, which, _how, words) => going(scene, 'visit', which, { note: words }, words),
  'visit.keep-promise': (scene, which, _how, words) => going(scene, 'visit', which, { promise: 0, how: words }, words),
  'visit.countersign': (scene, which, how, words) =>
    going(
      scene,
      'visit',
      which,
      { means: 'signature', by: of(scene.homes, how)!.resident, signature: SIGNATURE, comment: words },
      words,
    ),
  'visit.decline': (scene, which, how, words) =>
    going(scene, 'visit', which, { by: of(scene.homes, how)!.resident, reason: words }, words),
  'labour.record': (scene, which, how, words) => ({ stream: newId(), words, data: labour(scene, which + how, words) }),
  'labour.correct': (scene, which, how, words) => going(scene, 'labour', which, labour(scene, how, words), words),
  'labour.withdraw': (scene, which) => going(scene, 'labour', which, {}),
  'labour.sign': (scene, which, _how, words) =>
    going(scene, 'labour', which, { signer: `张${words}`, office: '二组组长', signature: SIGNATURE }, words),
  'labour.confirm': (scene, which) => going(scene, 'labour', which, {}),
  'labour.return': (scene, which, _how, words) => going(scene, 'labour', which, { reason: words }, words),
  'talk.hold': (scene, which, how, words) => ({
    stream: newId(),
    words,
    data: {
      area: scene.village,
      way: of(['group', 'meeting', 'media'], how)!,
      day: addDays(dayOf(new Date().toISOString()), 1 - (how % 5)),
      where: words,
      guides: [of([...scene.guides, newId()], which)!],
      came: how,
    },
  }),
  'talk.ask': (scene, which, how, words) =>
    going(scene, 'talk', which, { words, ...(how % 2 === 0 ? { name: '老张' } : {}) }, words),
  'talk.tell-back': (scene, which, how, words) => going(scene, 'talk', which, { question: how % 2, how: words }, words),
  'study.find': (scene, _which, how, words) => ({
    stream: scene.study,
    words,
    data: { words, ...(how % 2 === 0 ? { sort: 'problem' } : {}) },
  }),
  'study.note-day': (scene, which, how, words) => ({
    stream: scene.study,
    words,
    data: {
      day: addDays(dayOf(new Date().toISOString()), -(which % 3)),
      amount: how % 2 === 0 ? 1 : 0.5,
      where: '水利站',
      seen: words,
    },
  }),
  'outreach.take': (scene, _which, how, words) => ({
    stream: scene.outreach,
    words,
    data: { words, ...(how % 2 === 0 ? { name: '老李', phone: '13800000000' } : {}) },
  }),
  'outreach.conclude': (scene, _which, how, words) => ({
    stream: scene.outreach,
    words,
    data: { went: [scene.me], absence: how % 2 === 0 ? '去县里开会了' : undefined, result: words },
  }),
  'occasion.record': (scene, _which, how, words) => ({
    stream: newId(),
    words,
    data: {
      type: of(['symposium', 'deed'], how)!,
      area: scene.village,
      day: addDays(dayOf(new Date().toISOString()), 1 - (how % 4)),
      title: words,
    },
  }),
  'exception.ask': (scene, which, how, words) => ({
    stream: newId(),
    words,
    data: {
      official: scene.me,
      type: of(['leave', 'training'], how)!,
      from: addDays(dayOf(new Date().toISOString()), which),
      until: addDays(dayOf(new Date().toISOString()), which - 1 + (how % 4)),
      reason: words,
    },
  }),
  'gift.hand-over': (scene, which, how) => ({
    stream: of(scene.gifts, which)!,
    data: { by: of(scene.homes, how % 4 === 0 ? how : which % scene.gifts.length)!.resident, signature: SIGNATURE },
  }),
  'gift.decline': (scene, which, _how, words) => ({
    stream: of(scene.gifts, which)!,
    words,
    data: { reason: words },
  }),
  'premise.check': (scene, which, how, words) => {
    const { list, item } = of(scene.premises, which)!;
    return {
      stream: premiseStream(scene.county, scene.village, list),
      words,
      data: {
        list,
        item,
        area: scene.village,
        state: of(['there', 'missing'], how)!,
        on: addDays(dayOf(new Date().toISOString()), -(how % 3)),
        note: words,
      },
    };
  },
  'visit.explain-promise': (scene, which, _how, words) =>
    going(scene, 'visit', which, { promise: 0, why: words }, words),
  'visit.withdraw': (scene, which, _how, words) => going(scene, 'visit', which, { reason: words }, words),
  'sweep.find': (scene, which, how, words) => {
    const due = addDays(dayOf(new Date().toISOString()), 2);
    const into = of(['dispute', 'matter'], how)!;
    return {
      ...sweep(scene, which),
      data: {
        ...sweep(scene, which).data,
        into,
        about: of(['water', 'other'], how)!,
        subject: `第${which}处分水争执`,
        words,
        area: scene.village,
        signs: [],
        ...(into === 'dispute' ? { by: { unit: scene.casework.unit, person: scene.me, due } } : {}),
      },
    };
  },
  'sweep.return': (scene, which, _how, words) => ({
    ...sweep(scene, which),
    words,
    data: { ...sweep(scene, which).data, looked: words },
  }),
  'dispute.consent': ({ casework }, which) => ({
    stream: casework.toConsent,
    data: { party: which % 3, agrees: true, signature: SIGNATURE },
  }),
  'dispute.sign': ({ casework }, which) => ({
    stream: casework.toSign,
    data: { party: which % 3, signature: SIGNATURE },
  }),
  'dispute.say-term': ({ casework }, which, _how, words) => ({
    stream: casework.toDo,
    words,
    data: { term: which % 2, party: 1 - (which % 2), done: true, words, signature: SIGNATURE },
  }),
  'dispute.settle': ({ casework }, _which, _how, words) => ({ stream: casework.toSettle, words, data: { how: words } }),
  'hard-case.act': (scene, which, how, words) => ({
    stream: scene.casework.hardCase,
    words,
    data: {
      sort: of(['met', 'site', 'coordinated', 'answered'], which)!,
      day: addDays(dayOf(new Date(scene.now).toISOString()), -(how % 2)),
      words,
      ...(how % 2 === 0 ? { by: scene.me } : {}),
    },
  }),
  'hard-case.vouch': ({ casework }, which, how) => ({
    stream: casework.hardCase,
    data: { act: which % 3, mine: how % 2 === 0 },
  }),
  'pair.make': (scene, which, how) => {
    const { id, resident } = of(scene.homes, which)!;
    const until = addDays(dayOf(new Date(scene.now).toISOString()), 200 + (how % 9));
    return { stream: newId(), data: { household: id, until, by: resident, signature: SIGNATURE } };
  },
  'pair.plan': (scene, which, how, words) => {
    const by = addDays(dayOf(new Date(scene.now).toISOString()), how % 9);
    return going(scene, 'pair', which, { measures: [{ give: of(['送技术', '送钱'], how)!, what: words, by }] }, words);
  },
  'pair.do': (scene, which, how, words) => going(scene, 'pair', which, { measure: how % 2, how: words }, words),
  'pair.say': (scene, which, how, words) =>
    going(
      scene,
      'pair',
      which,
      { measure: how % 2, words, by: of(scene.homes, which)!.resident, signature: SIGNATURE },
      words,
    ),
  'pair.renew': (scene, which) => going(scene, 'pair', which, consent(scene, which)),
  'pair.take-over': (scene, which) => going(scene, 'pair', which, consent(scene, which)),
  'pair.end': (scene, which, how, words) =>
    going(scene, 'pair', which, { reason: of(['reached', 'asked', 'other'], how)!, words }, words),
  // The report says its words, and once more where it lets them through.
  'need-report.file': (scene, _which, how, words) => ({
    stream: newId(),
    data: {
      informant: scene.casework.informant,
      about: of(['place', 'household'], how)!,
      area: scene.village,
      words,
      spot: '东头水渠',
      sure: how % 3 === 0,
    },
  }),
  'matter.tell': ({ casework }, _which, how) => ({
    stream: casework.matter,
    data: { what: of(['deferral', 'deferral', 'answer'], how)!, means: of(['phone', 'visit'], how)! },
  }),
};
