import { sayingBy } from '../language/saying.ts';

/** What is said here, in English, by the Chinese. */
export const t = sayingBy({
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
});
