import { t } from './english.ts';
import { wordsOf } from './text.ts';

/**
 * Four simple signs of an answer that is one (row C10; LED-11: every person a reply that is one). It speaks of what was
 * asked, and not only of whom it was passed on to; it says what was done or will be done, how to go about it or why not;
 * it says on what that rests: what was found, a rule, a cause; it is written in words a villager uses.
 *
 * The signs were chosen by reading answers really given, and are held against marks made by hand
 * (`npm run -s eval -- replies`). They advise the writer and say nothing about anybody.
 */
export type SignKey = 'answered' | 'complete' | 'reasoned' | 'plain';

/** One sign: whether it is there, and what in the answer (or missing from it) says so. */
export interface ReplySign {
  readonly key: SignKey;
  readonly holds: boolean;
  /** The words of the answer, or of the question where the answer has none of them, that were looked at. */
  readonly seen: readonly string[];
}

/** What is looked at in an answer before it goes to the resident. */
export interface ReplyMarks extends Readonly<Record<SignKey, boolean>> {
  readonly signs: readonly ReplySign[];
  /** What to mend, in sentences; empty when nothing is. */
  readonly advice: readonly string[];
}

/** Words that fill an answer without saying anything. */
const EMPTY_PHRASES = [
  '高度重视',
  '正在积极',
  '进一步',
  '切实',
  '感谢您对我们工作的',
  '予以支持和理解',
  '按照相关规定',
  '相关部门',
  '积极协调',
  '加大力度',
  '依法依规处理',
];
const DONE =
  /已(经)?(于|在|对|将|把|完|办|修|换|清|装|补|发|到|通|退|整|查|处|停|恢|拆|铺|建|解|责令|要求|督促|纳入|启动|下达|安排|进行|达成|列入|组织|投入|开工|施工)|完成|办好|修好|换好|装好|到账|通(水|电|车|气)|整改|查处|罚款|停工|恢复|拆除|铺设|建成|解决|责令|约谈|开始|承诺/;
const WILL =
  /将|计划|预计|力争|争取|下(周|月|个月|半年|一步|阶段)|明年|今年(内|底|年底|上半年|下半年|\d)|月底|年底|年前|\d+\s*(月|日|天|个工作日)(前|内|底)|之前|以内/;
const NOT = /不能|不予|不可|无法|暂(时|未|不)|未能|不符合|不属于|没有办法|办不了|不允许|不存在|无需|不再/;
/** Tells how something is done or who gets it: an answer to who only asked. */
const HOW =
  /可以?(到|在|向|凭|带|拨打|申请|联系|前往|通过|就近|选择)|需(要)?(带|提供|提交|由|携带)|流程|材料|条件|标准|对象|地点|地址|范围|电话|申报|符合|补贴|元\/|有(以下|补贴)|方式/;
const REASON =
  /因为|由于|因(此|为|而)?|所以|根据|依据|按照|规定|条例|办法|《|文件|第.{1,4}条|原因|属于|需要先|要等|鉴于|考虑到|为了|造成|所致|导致/;
const FOUND =
  /经(核实|核查|查|调查|了解|现场|测量|检测|初步|走访|过多次)|据(查|了解|调查)|(现场|实地)(查看|查勘|调查|核实|测量|沟通|勘|进行)|到(达)?现场|前往|调查(核实|了解)|核实|走访|情况(属实|说明如下)|目前|现阶段|已于|正在(进行|施工|抓紧|按)/;

/** Clauses that say nothing of the matter: greetings, thanks, receipt, passing on, and a date alone. */
const PASSED_ON =
  /(已|予以|我办|现|均|将)[^，。；]{0,12}(转|批转|交由|转交|移交|转给|批示)[^。；]{0,26}(调查|处理|核查|核处|核实|办理|办复|答复|回复|研究|阅处|部门|政府|单位|公司|局|中心|委|办|县|市|区)?|交由[^，。；]{0,12}(办理|处理)|正在(调查|核实|办理|处理|研究)(处理|之)?中?$|(及时|第一时间|另行|尽快)[^，。；]{0,8}(反馈|回复|答复|告知)|处理情况会?[^，。；]{0,6}反馈|情况[^，。；]{0,10}(反馈|回复)(?!如下)|已作出批示|已(经)?(回复|答复)$|回复链接/;
const COURTESY =
  /您好|你好|感谢|谢谢|收悉|获悉|已(经)?收到|阅办|(回复|答复|说明|处理情况)(转载)?如下|留言|帖文|贴文|来信|来邮|高度重视|非常重视|祝您|欢迎(来电|监督|致电)|理解(与|和)支持|关心(和|与|、)|特此回复|有(新的|任何|其他)?(意见|疑问)|表示歉意|请(您)?(谅解|理解|放心)|^网友|^尊敬的|^市民|https?:|^UU\d+/;

/** How much of a question is looked through for the words an answer shares with it. */
const QUESTION = 600;
/** An answer with fewer Chinese characters left says nothing of the matter. */
const FEWEST = 8;

const hanOf = (text: string): number => text.match(/\p{Script=Han}/gu)?.length ?? 0;

/** What an answer says of the matter itself: its clauses without greetings, thanks, and whom it was passed on to. */
const substanceOf = (answer: string): string =>
  answer
    .replace(/[“"”]/g, '')
    .replace(
      /(二〇|\d{4})[\d〇一二三四五六七八九十]*\s*年\s*[\d一二三四五六七八九十]+\s*月\s*[\d一二三四五六七八九十]+\s*日\s*$/u,
      '',
    )
    .split(/(?<=[。！!；;\n]|如下[:：])|(?<=[，：:])(?=已转|已将|感谢|谢谢)/u)
    .filter((clause) => {
      const plain = clause.trim().replace(/[，。；：！!;:\s]+$/u, '');
      // A long clause may begin with thanks and still say something; passing on says nothing whatever it is wrapped in.
      const passedOn = PASSED_ON.test(plain) && !FOUND.test(plain.replace(PASSED_ON, ''));
      return hanOf(plain) > 0 && !passedOn && !(COURTESY.test(plain) && hanOf(plain.replace(COURTESY, '')) < 30);
    })
    .join('')
    .trim();

/** How many things were asked: as they were numbered, else each with its own question mark. */
const askedIn = (question: string): number => {
  const numbered = toldIn(question);
  return numbered > 1 ? numbered : (question.match(/[？?]+/g)?.length ?? 0);
};
/** How many things a text takes up one by one, by number. */
const toldIn = (text: string): number =>
  text.match(/(?:^|[\s。；：:，])(?:[（(]?[1-9一二三四五六][、.．）)]|第[一二三四五六][，、])/g)?.length ?? 0;
/** So many Chinese characters an answer has for each thing asked, unless it takes them up one by one. */
const FOR_EACH = 55;

/**
 * Marks an answer by simple signs, each with what was seen. It advises the writer before sending; it decides nothing
 * and scores nobody.
 * @param asked the matter's subject and body
 */
export function markReply(asked: string, answer: string): ReplyMarks {
  const substance = substanceOf(answer);
  const question = wordsOf(asked);
  const said = new Set(wordsOf(substance));
  const something = hanOf(substance) >= FEWEST;
  // A short question has few words to meet; a long one is met by naming its thing twice.
  const answered =
    something &&
    question.filter((word) => said.has(word)).length >= Math.min(2, Math.ceil(new Set(question).size / 10));
  const refusing = NOT.exec(substance)?.[0];
  const reason = REASON.exec(substance)?.[0];
  const found = (FOUND.exec(substance) ?? DONE.exec(substance))?.[0];
  const results = [DONE, WILL, HOW].map((sign) => sign.exec(substance)?.[0]);
  const result = [...results, refusing].filter((word) => word !== undefined);
  const empty = EMPTY_PHRASES.filter((phrase) => answer.includes(phrase));
  const shared = sharedRuns(asked.slice(0, QUESTION), answer);
  const things = askedIn(asked);
  const whole = things < 3 || toldIn(substance) >= things - 1 || hanOf(substance) >= FOR_EACH * things;
  // What was found or done is a ground; a no needs a rule or a cause.
  const ground = refusing === undefined ? (reason ?? found) : reason;
  // Shown are words as they stand in the answer, not what only came together when the rest was left out.
  const inAnswer = (words: readonly string[]): string[] => words.filter((word) => answer.includes(word));
  const signs: ReplySign[] = [
    { key: 'answered', holds: answered, seen: answered ? shared : [] },
    {
      key: 'complete',
      holds: something && hanOf(substance) >= FEWEST && result.length > 0 && whole,
      seen: inAnswer(result),
    },
    {
      key: 'reasoned',
      holds: something && ground !== undefined,
      seen: inAnswer([refusing, ground].filter((word) => word !== undefined)),
    },
    { key: 'plain', holds: empty.length < 2, seen: empty },
  ];
  const marks = Object.fromEntries(signs.map(({ key, holds }) => [key, holds])) as Record<SignKey, boolean>;
  return { ...marks, signs, advice: signs.filter(({ holds }) => !holds).map(mendingOf) };
}

function mendingOf({ key, seen }: ReplySign): string {
  switch (key) {
    case 'answered':
      return t('好像没说到群众问的那件事。只写转给了谁不算答复，请对着问题回答。');
    case 'complete':
      return t('没说清楚办了什么、什么时候办好。问了几件，请一件一件写明结果或日期。');
    case 'reasoned':
      return seen.length === 0
        ? t('没说根据什么：查到了什么情况、按哪条规定，请写上。')
        : t('说了“{words}”，没说为什么，请写明原因或依据。', { words: seen[0] });
    case 'plain':
      return t('“{words}”这类话群众听不出意思，请换成实在话。', { words: seen.join('”“') });
  }
}

/** The longest pieces of Chinese that stand in both texts, at most two, none inside the other. */
function sharedRuns(asked: string, answer: string): string[] {
  const found: string[] = [];
  for (const [run] of asked.matchAll(/\p{Script=Han}+/gu)) {
    for (let from = 0; from < run.length - 1; from++) {
      let to = from + 2;
      if (!answer.includes(run.slice(from, to))) continue;
      while (to < run.length && answer.includes(run.slice(from, to + 1))) to += 1;
      found.push(run.slice(from, to));
      from = to - 1;
    }
  }
  const longest = found.toSorted((a, b) => b.length - a.length);
  return longest.filter((one, i) => !longest.slice(0, i).some((other) => other.includes(one))).slice(0, 2);
}
