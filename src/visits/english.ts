import { sayingBy } from '../language/saying.ts';

/** What is said here, in English, by the Chinese. */
export const t = sayingBy({
  // where to go first
  '{n} 件过了日子还没办': '{n} {n|thing|things} past the day',
  '{n} 件事在办': '{n} open {n|matter|matters}',
  '{n} 起纠纷没了结': '{n} open {n|dispute|disputes}',
  '{n} 户登记了要关照': '{n} {n|household|households} registered for a service',
  '{households} 户里 {n} 户 {days} 天没见着': '{n} of {households} households not met for {days} days',
  '路远：{why}': 'far: {why}',
  // today
  '登记了{needs}': 'asked for {needs}',
  '、': ', ',
  '“{what}”': '“{what}”',
  '{giver}答应的“{what}”': '“{what}”, promised by {giver},',
  '{what}{promised}过期 {n} 天': '{what}{promised} is {n} {n|day|days} late',
  答应的: 'your promise ',
  '今天要兑现{promised}': 'to keep today: {promised}',
  '{due}前要兑现{promised}': 'to keep by {due}: {promised}',
  '去了 {tries} 次都没人，{after}': 'nobody there {tries} times, {after}',
  上次是: 'last ',
  '{day}没人在家': 'nobody there {day}',
  '{closed}（{trier}去的）': '{closed} ({trier} went)',
  '{before}，一直没补上': '{before}, never made up for',
  '{before}，补访晚了 {daysBetween} 天': '{before}, the next visit is {daysBetween} {daysBetween|day|days} late',
  '{before}，{by}前补访': '{before}, visit again by {by}',
  还没见过: 'never met yet',
  今天见过: 'met today',
  '{unseen} 天没见着': 'not met for {unseen} {unseen|day|days}',
  一年多没见着: 'not met for over a year',
  '{age} 岁，一个人住': '{age}, lives alone',
  一个人住: 'lives alone',
  '家里有 {age} 岁的老人': 'somebody of {age} at home',
  // rates
  '入户率：这段日子里当面见到人的户，占全部在册的户。不论谁见的都算；电话、留单子、没人在家不算。':
    'Coverage: households met in person in these days, of all on record. Whoever met them counts; calls, notes left and closed doors do not.',
  '见面率：当面见到人的次数，占上门的全部次数（当面、没人在家、留单子）。':
    'Met: meetings in person, of all times at the door (met, nobody home, note left).',
  '补访率：没人在家之后，在补访期限内见到了人的次数，占补访已到期或已见到人的次数。':
    'Made up for: after nobody was home, met within the days for another visit, of those whose days are over or who were met.',
  '有发现的走访：当面走访里带回了诉求的次数，占当面走访。没有发现不是过错，长期一件没有才值得问一问。':
    'Visits that found something: meetings that brought a matter back, of all meetings. None is no fault; only none for long is worth asking about.',
  '解决率：走访带回的诉求里已经销号的，占走访带回的全部诉求，按现在的情况计。':
    'Resolved: matters from visits that are closed, of all matters from visits, as they stand now.',
  '下访与上访之比：当面走访的次数，比群众自己来反映的诉求件数（来访、电话、网上等）。只按地方算，不按人算。':
    'Going down against coming up: meetings in person, against matters people raised themselves (hall, telephone, online …). By place only, never by person.',
  '分母不到 {n} 的不算百分比：数太小，说明不了问题。':
    'Below a denominator of {n} no per cent is given: too few to tell anything.',
});
