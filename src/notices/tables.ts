import { idOf } from '../ledger/ids.ts';
import type { RecordType } from '../ledger/record.ts';
import {
  NoticeChoiceCommand,
  type NoticeChoiceEvent,
  type NoticeChoiceState,
  TextingCommand,
  type TextingEvent,
  type TextingFacts,
  type TextingState,
} from './model.ts';
import { noticeChoices, textings } from './rules.ts';

/** The record of an official's own choice. */
export const choiceStream = (county: number, official: string): string =>
  idOf('notice-choice', String(county), official);

/** The record of what a resident said about text messages on a matter. */
export const textingStream = (matter: string): string => idOf('texting', matter);

const noticeChoiceRecord: RecordType<NoticeChoiceState, NoticeChoiceCommand, NoticeChoiceEvent, { official: string }> =
  {
    name: 'notice-choice',
    decider: noticeChoices,
    commands: NoticeChoiceCommand,
    tables: [{ name: 'notice_choice', key: ['county', 'id'] }],
    // Everyone their own: another's record has no official the asker could be.
    facts: ({ county, stream, actor }) => ({ official: stream === choiceStream(county, actor) ? actor : '' }),
    reach: (state, _, facts) => {
      const official = facts?.official ?? state.official;
      return official === '' ? {} : { officials: [official] };
    },
    rows: (county, id, { official, mail, digest }) =>
      official === '' ? {} : { notice_choice: [{ county, id, official, mail: mail !== undefined, digest }] },
  };

const textingRecord: RecordType<TextingState, TextingCommand, TextingEvent, TextingFacts> = {
  name: 'texting',
  decider: textings,
  commands: TextingCommand,
  tables: [{ name: 'texting', key: ['county', 'id'] }],
  async facts({ county, stream, command, query }) {
    if (stream !== textingStream(command.matter)) return { matter: undefined };
    const [matter] = await query<{ number: string; chain: string[] }>(
      'texting.matter',
      `select m.number, a.chain from matter m join area a on a.county = m.county and a.id = m.area
        where m.county = $1 and m.id = $2`,
      [county, command.matter],
    );
    return { matter };
  },
  reach: (_, __, facts) =>
    facts?.matter === undefined ? {} : { areas: facts.matter.chain, record: facts.matter.number },
  rows: (county, id, { matter, allowed }) =>
    allowed === undefined ? {} : { texting: [{ county, id, matter, allowed }] },
};

export const noticeRecords = [noticeChoiceRecord, textingRecord] as const;
