import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import type { Field } from '../../app/ui/form.tsx';
import { sayingBy } from '../../app/ui/say.ts';
import type { ReplyMarks, ReplySign, SignKey } from '../reply.ts';

/** How long typing must rest before the answer is looked at. */
const REST_MS = 600;
/** Less than this is not an answer yet. */
const FEWEST = 6;

const t = sayingBy({
  '写完再看一眼（只是提醒，不拦着您发）': 'A last look before sending (advice only, nothing is held back)',
  '写几个字，就会在这里提醒答没答到点上。': 'Once you have written a few words, you will see here whether they answer.',
  '四样都有，可以发了。': 'All four are there. Ready to send.',
  说的是群众问的事: 'Speaks of what was asked',
  说清了结果或日子: 'Says the result or the day',
  说了根据什么: 'Says on what it rests',
  是大白话: 'In plain words',
  '都说到了“{seen}”': 'Both speak of “{seen}”',
  看出来说的是同一件事: 'Seen to be about the same thing',
  '没看到群众说的那件事。把他说的东西、地方写进第一句。':
    'What the resident raised is not named. Put the thing or the place into the first sentence.',
  '看到“{seen}”': 'Seen: “{seen}”',
  '没看到办了什么、哪天办好。写上“已……”或者“某月某日前……”；还办不了的，写什么时候再看。':
    'No result and no day seen. Write what was done, or by which day it will be; if it cannot be yet, when it is looked at again.',
  '问了几件，没有一件一件答。像群众那样标上 1、2、3，每件一句。':
    'Several things were asked and not all are taken up. Number them as the resident did, a sentence each.',
  '没看到根据什么。写上查到了什么情况，或者按哪条规定。':
    'Nothing it rests on was seen. Write what was found, or by which rule.',
  '说了“{seen}”，没看到为什么。写上“因为……”，是政策的写明哪一条。':
    '“{seen}”, and no reason seen. Write “because …”; if it is a rule, say which.',
  没有套话: 'No stock phrases',
  '只有一处“{seen}”': 'Only “{seen}”',
  '“{seen}”群众听不出意思。换成谁去了、做了什么。':
    '“{seen}” says nothing to a resident. Write who went and what they did.',
});

const names = {
  answered: '说的是群众问的事',
  complete: '说清了结果或日子',
  reasoned: '说了根据什么',
  plain: '是大白话',
} as const satisfies Record<SignKey, string>;

/** Why a sign is there or not, and then how to mend it. */
function because({ key, holds, seen: words }: ReplySign): string {
  const seen = words.join('”“');
  const none = words.length === 0;
  switch (key) {
    case 'answered':
      if (!holds) return t('没看到群众说的那件事。把他说的东西、地方写进第一句。');
      return none ? t('看出来说的是同一件事') : t('都说到了“{seen}”', { seen });
    case 'complete':
      if (holds) return t('看到“{seen}”', { seen });
      return !none
        ? t('问了几件，没有一件一件答。像群众那样标上 1、2、3，每件一句。')
        : t('没看到办了什么、哪天办好。写上“已……”或者“某月某日前……”；还办不了的，写什么时候再看。');
    case 'reasoned':
      if (holds) return t('看到“{seen}”', { seen });
      return none
        ? t('没看到根据什么。写上查到了什么情况，或者按哪条规定。')
        : t('说了“{seen}”，没看到为什么。写上“因为……”，是政策的写明哪一条。', { seen });
    case 'plain':
      if (!holds) return t('“{seen}”群众听不出意思。换成谁去了、做了什么。', { seen });
      return none ? t('没有套话') : t('只有一处“{seen}”', { seen });
  }
}

/** The field with a look at the answer below it, while it is written (row C10). Advice: sending is never held back by it. */
export const withAdvice = (matter: string, field: Field): Field => ({
  ...field,
  input: (props) => (
    <>
      {field.input(props)}
      <ReplyAdvice matter={matter} text={typeof props.value === 'string' ? props.value : ''} />
    </>
  ),
});

function ReplyAdvice({ matter, text }: { matter: string; text: string }) {
  const rested = useRested(text.trim());
  const { data } = useQuery({
    queryKey: ['check-reply', matter, rested],
    queryFn: ({ signal }) =>
      ask<ReplyMarks>('POST /api/matters/:id/check-reply', { params: { id: matter }, body: { text: rested }, signal }),
    enabled: rested.length >= FEWEST,
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const signs = rested.length < FEWEST ? undefined : data?.signs;
  if (signs === undefined) return <p className="reply-signs quiet">{t('写几个字，就会在这里提醒答没答到点上。')}</p>;
  return (
    <section className="reply-signs" aria-label={t('写完再看一眼（只是提醒，不拦着您发）')} aria-live="polite">
      <p className="quiet">
        {signs.every(({ holds }) => holds) ? t('四样都有，可以发了。') : t('写完再看一眼（只是提醒，不拦着您发）')}
      </p>
      <ul>
        {signs.map((sign) => (
          <li key={sign.key} className={sign.holds ? 'there' : 'missing'}>
            <b>{t(names[sign.key])}</b>
            <span>{because(sign)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was typed once typing rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
