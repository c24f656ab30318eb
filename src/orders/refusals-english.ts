import type { InEnglish } from '../contract/refusals.ts';
import type { orderRefusals } from './model.ts';

export const orderRefusalsInEnglish: InEnglish<typeof orderRefusals> = {
  'order.exists': 'This one was issued already.',
  'order.unknown': 'This one was not found.',
  'order.source-unknown': 'There is no such source. Choose one from the list.',
  'order.unit-unknown': 'There is no such unit, or it is dissolved. Please choose again.',
  'order.person-unknown': 'This person is not in the unit. Choose one of it.',
  'order.giver-unknown': 'This leader was not found. Choose again, or write name and post only.',
  'order.matter-unknown': 'This matter was not found. Please choose again.',
  'order.due-past': 'The day for the result is today at the earliest.',
  'order.own-unit': 'You cannot write it down for your own unit and judge it as well. Another unit has to.',
  'order.not-giver': 'Whether it is done is for its giver to say.',
  'order.not-unit': 'This one is another unit’s.',
  'order.over': 'This one is over.',
  'order.not-reported': 'The unit has not reported a result yet.',
  'order.due-missing': 'Not done: write until when it is to be done now.',
  'order.checked-already': 'It was checked this month already.',
  'order.month-coming': 'That month has not come yet.',
  'bulletin.published': 'This month’s bulletin was published already.',
  'bulletin.month-coming': 'That month has not come yet; it has no bulletin.',
  'bulletin.misplaced': 'The bulletin’s address is wrong. Publish it from the monthly check.',
};
