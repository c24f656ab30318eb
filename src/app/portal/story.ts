import type { NameOf } from '../../access/directory.ts';
import { sayDay, sayInstant } from '../../calendar/explain.ts';
import { dayOf } from '../../calendar/days.ts';
import type { Recorded } from '../../ledger/decider.ts';
import type { IssuedPaper, MatterEvent } from '../../matters/model.ts';
import { channelName, levelName, meansName, paperName, reviewOutcomeName, wayName } from '../../matters/english.ts';
import { byDay } from './words.ts';
import { t } from './english.ts';

/** One step as the person who raised it reads it. */
export interface Line {
  readonly when: string;
  /** The unit that acted, or 您. */
  readonly who: string;
  readonly what: string;
  /** What was written. */
  readonly text?: string;
  readonly tone: 'you' | 'done' | 'wait';
}

const told = {
  extension: '延期的事',
  answer: '办理结果',
  deferral: '暂时办不了的原因',
  whereabouts: '转给了哪个单位',
  raising: '往上报的事',
  reconsideration: '政策变了、重新办的事',
} as const;
const scores = ['', '很不满意', '不满意', '一般', '满意', '很满意'] as const;
const scored = (score: number): string => (score === 0 ? '' : t(scores[score as 1 | 2 | 3 | 4 | 5]));

/**
 * The story for the resident, newest first. Left out is what passes inside the house: classification, instructions,
 * who asked whom for more time, and every official's name but the office that acted.
 * @param names of units by id
 */
export function storyOf(events: readonly Recorded<MatterEvent>[], names: NameOf, now: string): Line[] {
  const lines: Line[] = [];
  let unit: string | undefined;
  let desk: string | undefined;
  const papers = new Map<number, IssuedPaper>();
  const name = (id: string | undefined): string => names(id) ?? t('承办单位');
  for (const event of events) {
    const by = (tone: Line['tone'], who: string, what: string, text?: string): void => {
      const when = tone === 'done' ? sayInstant(event.stamp.at, now) : sayDay(dayOf(event.stamp.at), dayOf(now));
      lines.push({ when, who, what, tone, ...(text === undefined || text === '' ? {} : { text }) });
    };
    const step = (what: string, text?: string): void => by('wait', name(unit), what, text);
    const you = (what: string, text?: string): void => by('you', t('您'), what, text);
    if ('paper' in event && typeof event.paper === 'object') papers.set(event.stamp.version, event.paper);
    switch (event.kind) {
      case 'matter.registered':
        desk = event.desk;
        unit = event.desk;
        you(
          event.channel === 'web' || event.channel === 'card'
            ? t('在网上说了这件事。')
            : t('说了这件事（{channel}）。', { channel: channelName(event.channel) }),
        );
        break;
      case 'matter.dispatched':
        step(t('转给{name}办。', { name: name(event.unit) }));
        unit = event.unit;
        break;
      case 'matter.acknowledged':
        step(t('收下了，打算这样办：'), event.measures);
        break;
      case 'matter.planned':
        step(t('换了办法：'), event.measures);
        break;
      case 'matter.returned':
        step(
          t('说这事该{name}办，正在定。没定之前还由{name2}负责，答应的日子不变。', {
            name: name(event.betterUnit),
            name2: name(unit),
          }),
        );
        break;
      case 'matter.adjudicated':
        unit = event.unit;
        step(t('定下由{name}办。', { name: name(event.unit) }));
        break;
      case 'matter.progressed':
        step(event.personal?.text ?? t('写了办理情况。'));
        break;
      case 'matter.suspended':
        step(t('先停下来，停的日子不算在期限里。原因：'), event.reason);
        break;
      case 'matter.resumed':
        step(t('接着办，期限接着算。'));
        break;
      case 'matter.extension-granted':
        step(t('办完的日子推后 {days} 天。原因：', { days: event.days }), event.reason);
        break;
      case 'matter.told':
        step(t('记着：已{means}告诉您{what}。', { means: meansName(event.means), what: t(told[event.what]) }));
        break;
      case 'matter.disposed':
        disposed(event, step, now);
        break;
      case 'matter.answered':
        step(t('回复您：'), event.personal?.text);
        break;
      case 'matter.resolved':
        by('done', name(event.unit), t('说办好了：'), event.personal?.text);
        break;
      case 'matter.confirmed':
        if (event.by === 'resident')
          you(
            t('说办好了{what}。', {
              what: event.score === undefined ? '' : t('，{score}', { score: scored(event.score) }),
            }),
            event.personal?.text,
          );
        else by('you', t('回访'), t('问过您，您说办好了。'), event.personal?.text);
        break;
      case 'matter.denied':
        if (event.by === 'resident') you(t('说没办好，退回去重办。'), event.personal?.text);
        else by('you', t('回访'), t('问过您，您说没办好，退回去重办。'), event.personal?.text);
        break;
      case 'matter.unreached':
        by('wait', t('回访'), t('找过您，没有联系上。'));
        break;
      case 'matter.rated':
        you(t('评了：{score}。', { score: scored(event.score) }), event.personal?.text);
        break;
      case 'matter.reopened':
        you(t('重新打开了这件事，退回去再办。'), event.personal?.text);
        break;
      case 'matter.delay-explained':
        step(t('说明晚了的原因：'), event.reason);
        break;
      case 'matter.accepted': {
        const until = event.paper?.fields['until'];
        step(until === undefined ? t('受理了。') : t('受理了，{until}给您书面答复。', { until: byDay(until, now) }));
        break;
      }
      case 'matter.refused':
        step(
          t('不受理。理由：{name}。{where}', {
            name: event.name,
            where: event.where === undefined ? '' : t('请到{where}办。', { where: event.where }),
          }),
          event.personal?.text,
        );
        break;
      case 'matter.paper-corrected':
        step(
          t('更正了给您的{paper}。原因：', {
            paper: paperName((event.paper?.fields['ofKind'] ?? 'opinion') as IssuedPaper['kind']),
          }),
          event.personal?.text,
        );
        break;
      case 'matter.opinion-revoked':
        by('wait', name(unit), t('处理意见书有错，撤销了，重新办。原因：'), event.personal?.text);
        break;
      case 'matter.refusal-upheld':
        by('wait', name(desk), t('看了您的意见，仍然不受理：'), event.personal?.text);
        break;
      case 'matter.served': {
        const issued = papers.get(event.paper);
        if (issued !== undefined)
          step(
            t('给您的{paper}（{number}）：{way}。', {
              paper: paperName(issued.kind),
              number: issued.number,
              way: wayName(event.way),
            }),
          );
        break;
      }
      case 'matter.review-followed':
        reviewed(event, you, (what) => by('wait', levelName(event.level), what));
        break;
      case 'matter.shared':
        step(t('请{name}一起办：{task}', { name: name(event.unit), task: event.task }));
        break;
      case 'matter.part-answered':
        by('wait', name(event.unit), t('把该办的那部分办了，答复由牵头的单位一并给您。'));
        break;
      case 'matter.part-decided':
        if (event.unit !== event.from) step(t('改请{name}一起办。', { name: name(event.unit) }));
        break;
      case 'matter.raised':
        step(
          event.next === undefined
            ? t('自己定不了，报给{body}了，{askOn}去问结果。这件事还是{name}负责，答应的日子不变。原因：', {
                body: event.body ?? event.name,
                askOn: sayDay(event.askOn, dayOf(now)),
                name: name(unit),
              })
            : t('自己定不了，{day}{body}上研究。这件事还是{name}负责，答应的日子不变。原因：', {
                body: event.name,
                day: sayDay(event.next.day, dayOf(now)),
                name: name(unit),
              }),
          event.reason,
        );
        break;
      case 'matter.heard-above':
        step(
          event.outcome === 'waiting'
            ? t('问过上面，还要等，{askOn}再去问：', {
                askOn: event.askOn === undefined ? '' : sayDay(event.askOn, dayOf(now)),
              })
            : event.outcome === 'decided'
              ? event.name === undefined
                ? t('上面有意见了：')
                : t('{name}定了：', { name: event.name })
              : t('上面说由本级办：'),
          event.personal?.text,
        );
        break;
      case 'matter.taken-up':
        step(event.before === true ? t('会上定了，又拿出来办了。') : t('到了说好的日子，又拿出来办了。'));
        break;
      case 'matter.reconsidered':
        step(t('政策变了（{policy}），这件事重新办：', { policy: event.policy }), event.personal?.text);
        break;
      case 'matter.part-declined':
      case 'matter.part-asked-again':
      case 'matter.part-dropped':
      case 'matter.merged':
        step(t('有人说了同一件事，一起办。您的编号照样查，办好没办好还是您自己说。'));
        break;
      case 'matter.unmerged':
        step(t('这件事单独办。'));
        break;
      case 'matter.followed':
        followed(event, by, name, now);
        unit = event.unit ?? unit;
        break;
      case 'matter.split-off':
        step(t('这里面有一件另外办：'), event.personal?.subject);
        break;
      case 'matter.raised-again':
        you(t('又催了一次。'), event.personal?.text);
        break;
      case 'matter.made-joint':
        step(t('记下是 {n} 个人一起说的。', { n: event.persons }));
        break;
      case 'matter.took-along':
      case 'matter.let-go':
      case 'matter.classified':
      case 'matter.instructed':
      case 'matter.extension-asked':
      case 'matter.extension-refused':
        break;
    }
  }
  return lines.toReversed();
}

function reviewed(
  { level, what, outcome }: Extract<MatterEvent, { kind: 'matter.review-followed' }>,
  you: (what: string) => void,
  body: (what: string) => void,
): void {
  const named = { level: levelName(level) };
  switch (what) {
    case 'asked':
      return you(t('请求{level}。', named));
    case 'paused':
      return body(t('{level}要听证，听证的日子不算在期限里。', named));
    case 'resumed':
      return body(t('听证完了，{level}接着办。', named));
    case 'answered':
      return;
    case 'over':
      if (outcome === 'withdrawn' || outcome === undefined) return you(t('撤回了{level}请求。', named));
      if (outcome === 'refused') return body(t('没有受理您的{level}请求。', named));
      return body(t('{level}意见：{outcome}。', { ...named, outcome: reviewOutcomeName(outcome) }));
  }
}

/** What was done on the main matter is told as if it was done on this one: to its person it was. */
function followed(
  event: Extract<MatterEvent, { kind: 'matter.followed' }>,
  by: (tone: Line['tone'], who: string, what: string, text?: string) => void,
  name: (id: string | undefined) => string,
  now: string,
): void {
  const step = (what: string, text?: string): void => by('wait', name(event.unit), what, text);
  switch (event.what) {
    case 'unit':
      return event.measures === undefined
        ? step(t('由{name}办。', { name: name(event.unit) }))
        : step(t('收下了，打算这样办：'), event.measures);
    case 'pause':
      return step(t('先停下来，停的日子不算在期限里。原因：'), event.paused);
    case 'go-on':
      return undefined;
    case 'extension':
      return step(t('办完的日子推后 {days} 天。原因：', { days: event.extension?.days ?? 0 }), event.extension?.reason);
    case 'disposition':
      return event.disposition === undefined
        ? undefined
        : disposed({ ...event, kind: 'matter.disposed', disposition: event.disposition }, step, now);
    case 'answer':
      return step(t('回复您：'), event.personal?.text);
    case 'result':
      return by('done', name(event.unit), t('说办好了：'), event.personal?.text);
  }
}

function disposed(
  event: Extract<MatterEvent, { kind: 'matter.disposed' }>,
  step: (what: string, text?: string) => void,
  now: string,
): void {
  const why = event.personal?.text ?? '';
  switch (event.disposition) {
    case 'solvable':
      return step(t('看过了，能办：'), why);
    case 'deferred': {
      const again =
        event.recheckOn === undefined
          ? ''
          : t('{recheckOn}再看一次。', { recheckOn: sayDay(event.recheckOn, dayOf(now)) });
      return step(
        t('现在还办不了。{again}', { again }),
        [why, event.plan === undefined ? '' : t('打算：{plan}', { plan: event.plan })]
          .filter((t) => t !== '')
          .join('\n'),
      );
    }
    case 'not-permitted':
      return step(
        t('政策不允许{what}：', {
          what: event.policy === undefined ? '' : t('（{policy}）', { policy: event.policy }),
        }),
        why,
      );
    case 'unfounded':
      return step(t('核实下来，和说的情况不一样：'), why);
  }
}
