import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Refused, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm, type Values } from '../../app/ui/form.tsx';
import { amount, choice, date, line, paragraph, tick } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { dayAt } from '../../app/ui/time.ts';
import { aboutField } from './about.ts';
import { alikeWhileTyping } from './alike.tsx';
import { Receipt } from './receipt.tsx';
import { useRefresh } from './queries.ts';
import { representativesOf } from './representatives.ts';
import { channels, entriesOf } from './words.ts';
import { t } from './english.ts';

/** What comes on paper was written before it is registered, and nobody is there to be asked. */
const onPaper = ({ channel }: Values): boolean =>
  ['letter', 'mailbox', 'box', 'board', 'deputy', 'media', 'superior'].includes(String(channel));
/** Noon of that day in Shanghai; today it is simply now. */
const received = (day: unknown): string | undefined =>
  typeof day === 'string' && day < dayAt(Date.now()) ? `${day}T04:00:00.000Z` : undefined;

const together = ({ together: ticked }: Values): boolean => ticked === true;
const complains = ({ complains: ticked }: Values): boolean => ticked === true;
const named = ({ anonymous }: Values): boolean => anonymous !== true;

const fields: readonly Field[] = [
  choice({
    name: 'channel',
    label: t('怎么来的'),
    options: entriesOf(channels),
    // What reaches a clerk's own desk; the others mostly register themselves.
    usual: ['phone', 'hall', 'visit', 'letter', 'superior'],
  }),
  date({
    name: 'receivedOn',
    label: t('哪天收到的'),
    hint: t('邮戳、收文章或开箱那天；信访件的期限从那天算起'),
    optional: true,
    asked: onPaper,
    max: dayAt(Date.now()),
  }),
  line({
    name: 'subject',
    label: t('什么事'),
    hint: t('一句话，照着群众的话写'),
    placeholder: t('柳河村二组水渠堵了，浇不上地'),
  }),
  paragraph({ name: 'body', label: t('细说'), optional: true, rows: 4 }),
  picker({
    name: 'area',
    label: t('在哪里'),
    hint: t('打村名、拼音或首字母；不清楚就选乡镇或县'),
    sort: 'areas',
    placeholder: t('柳河村　liuhecun　lhc'),
  }),
  line({ name: 'spot', label: t('具体位置'), optional: true, placeholder: t('二组北头闸口') }),
  alikeWhileTyping(),
  tick({ name: 'together', label: t('联名'), says: t('几个人一起来说的') }),
  amount({ name: 'persons', label: t('一共几个人'), min: 2, max: 100_000, unit: t('人'), asked: together }),
  paragraph({
    name: 'representatives',
    label: t('谁代表大家说'),
    hint: t('一行一位：姓名 电话。走访的代表一般不超过 5 人'),
    rows: 3,
    asked: together,
  }),
  tick({ name: 'anonymous', label: t('谁说的'), says: t('不留姓名电话') }),
  line({ name: 'name', label: t('姓名'), optional: 'unsaid', asked: named }),
  line({ name: 'phone', label: t('电话'), type: 'tel', hint: t('回访要用'), optional: 'unsaid', asked: named }),
  tick({ name: 'complains', label: t('反映干部'), says: t('说的是哪位干部的不是') }),
  aboutField([], complains),
  tick({ name: 'confidential', label: t('保密'), says: t('不让承办单位知道是谁说的'), asked: named }),
];

/** What a clerk may not register is always a place of another desk; that is said where the place was chosen. */
const notMine = (): Refused =>
  new Refused(422, {
    refused: 'access.denied',
    field: 'area',
    message: t('这个地方不归您受理，请选您受理范围里的地方，或请群众在网上说，会直接到当地。'),
  });

export interface Registered {
  readonly id: string;
  readonly number: string;
  readonly code: string;
  readonly subject: string;
}

/** Every channel into one form, for somebody on the phone with a resident: each field can be reached without the mouse. */
export function Register() {
  const [done, setDone] = useState<Registered>();
  // The place and the channel stay for the next matter; most clerks sit at one township's desk.
  const [kept, setKept] = useState<Values>({ channel: 'phone' });
  const refresh = useRefresh();
  if (done !== undefined) return <Receipt registered={done} onNext={() => setDone(undefined)} />;

  const send = async ({
    name,
    phone,
    confidential,
    anonymous,
    receivedOn,
    together: asked,
    complains: of,
    about,
    persons,
    representatives,
    ...values
  }: Values): Promise<Registered> => {
    const joint = asked === true ? { persons, representatives: representativesOf(representatives) } : undefined;
    const id = newId();
    const reporter = anonymous === true ? undefined : { name, phone, confidential };
    const verdict = await ask<{ told: { number: string; code: string } }>('POST /api/matters/:id/register', {
      params: { id },
      body: {
        ...values,
        about: of === true ? about : undefined,
        reporter,
        joint,
        receivedAt: received(receivedOn),
        command: newId(),
      },
    }).catch((error: unknown) => {
      throw error instanceof Refused && error.code === 'access.denied' ? notMine() : error;
    });
    setKept({ channel: values['channel'], area: values['area'] });
    return { id, ...verdict.told, subject: String(values['subject']) };
  };
  return (
    <main className="page register">
      <div>
        <h1>{t('登记诉求')}</h1>
        <ShortForm
          className="register-form"
          fields={fields}
          initial={kept}
          send={send}
          onDone={(answer) => {
            setDone(answer as Registered);
            void refresh();
          }}
          consequence={({ anonymous }) =>
            anonymous === true ? t('登记，给一个编号和查询码') : t('登记，把编号念给群众')
          }
        />
      </div>
      <aside className="lead">
        <h2>{t('可以这样问')}</h2>
        <p>{t('您说的是哪个村、哪一片的事？')}</p>
        <p>{t('从什么时候开始的？影响到几户？')}</p>
        <p>{t('以前找过谁，怎么答复的？')}</p>
        <p>{t('怎么称呼您，办好了打哪个电话告诉您？不方便说也可以不留。')}</p>
      </aside>
    </main>
  );
}
