import { give } from '../../contract/commands.ts';
import type { Desk, Raw } from '../../contract/route.ts';
import { type Refusal, isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { MatterCommand } from '../../matters/model.ts';
import { ReviewCommand } from '../../reviews/model.ts';
import { type Faults, type Fields, text, uuid } from './form.ts';
import { type Opened, letIn, openMatter } from './keys.ts';
import { goTo } from './page.ts';
import { opinionUnread } from './petition-part.ts';
import { progressPage } from './progress-page.ts';
import { refusalSaid } from './refusal.ts';
import { saidPage } from './said-page.ts';
import { subjectOf } from './words.ts';
import { t } from './english.ts';

/** The shortest that says anything, in characters. */
const LEAST = 4;

/**
 * What a person does in a petition beyond the last word on its result: says that a document came, asks one level up,
 * takes that back, or goes on with a new fact after the end. Undefined for every other button.
 */
export async function furtherOf(desk: Desk, opened: Opened, act: string, fields: Fields): Promise<Raw | undefined> {
  const { state, id, theirs } = opened;
  const once = uuid(fields, 'once') ?? newId();
  const again = (faults: Faults): Promise<Raw> =>
    progressPage(
      desk,
      opened,
      { words: '', score: '', appeal: text(fields, 'appeal'), late: text(fields, 'late'), fact: text(fields, 'fact') },
      faults,
    );
  const done = async (verdict: object, field = ''): Promise<Raw> =>
    isRefusal(verdict) ? await again({ [fieldOf(verdict, field)]: said(verdict) }) : goTo(`/progress/${state.number}`);
  switch (act) {
    case 'receive': {
      const paper = Number(text(fields, 'paper'));
      const review = uuid(fields, 'review');
      const command =
        review === undefined
          ? MatterCommand.safeParse({ kind: 'matter.receive', paper })
          : ReviewCommand.safeParse({ kind: 'review.receive', paper });
      if (!command.success || (review !== undefined && review !== state.review))
        return goTo(`/progress/${state.number}`);
      return await done(
        await give(theirs, review === undefined ? 'matter' : 'review', review ?? id, command.data, {
          command: idOf('portal receive', once, String(paper)),
        }),
      );
    }
    case 'ask-review': {
      const appeal = text(fields, 'appeal');
      const late = text(fields, 'late');
      if (appeal.length < LEAST) return await again({ appeal: t('请写清楚哪里不服，为什么。') });
      const command = ReviewCommand.safeParse({
        kind: 'review.ask',
        matter: id,
        words: appeal,
        ...(late === '' ? {} : { lateReason: late }),
      });
      if (!command.success) return await again({ appeal: t('太长了，请写短一些。') });
      // Whoever does not accept an opinion has read it: that is said first, and dates the limit.
      const unread = opinionUnread(state);
      if (unread !== undefined) {
        const received = await give(
          theirs,
          'matter',
          id,
          { kind: 'matter.receive', paper: unread.version } as { kind: string },
          { command: idOf('portal receive', once, 'review') },
        );
        if (isRefusal(received)) return await done(received);
      }
      return await done(
        await give(theirs, 'review', idOf('portal review', once, appeal), command.data, {
          command: idOf('portal ask review', once, appeal),
        }),
        'appeal',
      );
    }
    case 'withdraw-review': {
      if (state.review === undefined) return goTo(`/progress/${state.number}`);
      return await done(
        await give(
          theirs,
          'review',
          state.review,
          { kind: 'review.withdraw' },
          { command: idOf('portal withdraw', once) },
        ),
      );
    }
    case 'new-fact': {
      const fact = text(fields, 'fact');
      if (fact.length < LEAST) return await again({ fact: t('请写清楚新的事实或者理由是什么。') });
      const subject = subjectOf(fact);
      const { told } = state;
      const command = MatterCommand.safeParse({
        kind: 'matter.register',
        channel: 'web',
        procedure: state.procedure,
        subject,
        ...(subject === fact ? {} : { body: fact }),
        area: state.place.area,
        after: id,
        ...(told?.name === undefined && told?.phone === undefined
          ? {}
          : {
              reporter: {
                ...(told.name === undefined ? {} : { name: told.name }),
                ...(told.phone === undefined ? {} : { phone: told.phone }),
                ...(state.confidential ? { confidential: true } : {}),
              },
            }),
      });
      if (!command.success) return await again({ fact: t('太长了，请写短一些。') });
      const verdict = await give(
        { ...desk, actor: { kind: 'anyone' } },
        'matter',
        idOf('portal new fact', once, fact),
        command.data,
        { command: idOf('portal new fact command', once, fact) },
      );
      if (isRefusal(verdict)) return await again({ fact: said(verdict) });
      const number = String(verdict.told['number']);
      const fresh = await openMatter(desk, number);
      if (fresh === undefined) throw new Error(`matter ${number} was registered and is not there`);
      letIn(desk, number);
      return await saidPage(desk, fresh);
    }
    default:
      return undefined;
  }
}

const said = (verdict: Refusal): string => refusalSaid(verdict.refused) ?? t('没有存上，请刷新以后再试。');
const fieldOf = (verdict: Refusal, otherwise: string): string => (verdict.field === 'lateReason' ? 'late' : otherwise);
