import type { InEnglish } from '../contract/refusals.ts';
import type { matterRefusals } from './model.ts';

export const matterRefusalsInEnglish: InEnglish<typeof matterRefusals> = {
  'matter.unknown': 'This matter was not found.',
  'matter.exists': 'This matter is registered already.',
  'matter.no-area': 'There is no such place. Choose the village, community or grid again.',
  'matter.no-unit': 'There is no such unit, or it is dissolved. Please choose again.',
  'matter.no-clock': 'There is no such time limit. Choose one from the list.',
  'matter.too-early': 'It cannot have come in later than now.',
  'matter.already-dispatched':
    'It was dispatched already. For another unit, the present one returns it and it is ruled on.',
  'matter.not-dispatched': 'It is not dispatched yet. Send it to a unit first.',
  'matter.already-acknowledged': 'It was acknowledged already.',
  'matter.not-acknowledged':
    'It is not acknowledged yet. Do that first: name the leader, the handler and the measures.',
  'matter.not-of-unit': 'This person is not in the unit in charge. Choose one of your unit.',
  'matter.return-pending': 'A return was asked for and awaits its ruling; until then your unit is in charge.',
  'matter.return-late':
    'A return has to be asked for within two working days of dispatch. They are over: your unit leads.',
  'matter.return-twice': 'Your unit returned it once; after the ruling it cannot again. Please lead on it.',
  'matter.return-same': 'It cannot be returned to yourselves. Say which unit should act.',
  'matter.no-return': 'No return awaits a ruling.',
  'matter.own-request': 'You cannot decide on your own request. Another head has to.',
  'matter.suspended': 'The clock is paused. Resume it, then take this step.',
  'matter.not-suspended': 'The clock is not paused.',
  'matter.extension-pending': 'An extension was asked for and awaits its answer.',
  'matter.no-extension': 'No extension awaits an answer.',
  'matter.extension-too-long': 'That is more days than may be added. Please ask for fewer.',
  'matter.reason-missing': 'Please give the reason.',
  'matter.nothing-to-tell': 'There is nothing they have to be told.',
  'matter.plan-missing': 'What cannot be solved for now needs a plan.',
  'matter.recheck-missing': 'What cannot be solved for now needs a day to look at it again.',
  'matter.recheck-past': 'The day to look again must be after today.',
  'matter.policy-missing': 'Say which policy does not allow it.',
  'matter.disposition-missing': 'Decide first: can be solved, not for now, policy does not allow, not so.',
  'matter.deferred':
    'What cannot be solved for now cannot be resolved. When it can, change it to “can be solved” first.',
  'matter.not-resolved': 'The unit has not resolved it yet. The resident accepts it afterwards.',
  'matter.resolved': 'It is resolved and awaits the resident’s word.',
  'matter.closed': 'It is closed. If the resident has something new to say, reopen it.',
  'matter.not-closed': 'It is not closed yet.',
  'matter.reopen-late': 'It is too late to reopen it. Raise it anew and give the old number.',
  'matter.not-independent': 'Whoever worked on this matter, or their unit, cannot call back. Somebody else has to.',
  'matter.words-missing': 'Please write what the resident said.',
  'matter.already-rated': 'It was rated already.',
  'matter.photo-unknown': 'A photo did not arrive. Please choose the photos again.',
  'matter.not-late': 'It is not overdue; nothing to explain.',
};
