/** Wages, work, training. */
import type { Story } from '../story.ts';

export const LABOUR: readonly Story[] = [
  {
    category: '拖欠工资', unit: 'labour', wrong: ['housing', 'police', 'masswork'], newYear: true, weight: 8, of: ['worker', 'away', 'returned', 'driver', 'job-seeker', 'student', 'grain'],
    slots: { site: ['城南安置房工地', '学校扩建工地', '污水管网工地', '高标准农田工地', '商贸城工地', '产业园厂房工地'], yuan: ['8600', '12400', '17800', '23500', '31000'], n: ['九', '十二', '十七', '二十三', '三十一'] },
    subject: ['{site}拖欠{n}个人工资', '干了半年活工钱没给，等钱过年', '{site}包工头跑了，欠我们工钱'],
    body: ['我们{n}个人在{site}干了四个月，说好月月清，到年底一分没结。包工头电话不接，总包说钱给了。家里等钱过年。', '欠我{yuan}元，打了欠条，一推再推。孩子开学要钱，{elder}看病要钱，实在没法子。'],
    progress: ['约总包、劳务、工人三方到场，对工天和欠条。', '动用工资保证金，开始造册。'],
    answer: ['{n}人的工资{date}全部打到各人卡上，请回去看看到账没有。', '总包先行垫付，您的{yuan}元已到卡，包工头列入欠薪名单由公安查找。'],
    deferred: ['公司账上没钱，已申请法院保全设备。先从欠薪应急金给每人垫发三千元，其余{plan}拍卖后付清。'],
  },
  {
    category: '拖欠工资', unit: 'labour', wrong: ['union'], newYear: true, weight: 2, of: ['worker', 'returned', 'job-seeker', 'student'],
    slots: { firm: ['服装厂', '电子厂', '饭店', '幼儿园', '食品厂', '砖厂'] },
    subject: ['{firm}两个月没发工资', '{firm}辞职后压一个月工资不给'],
    body: ['{firm}效益不好，两个月没发工资，也不说发不发，几十号人都等着。', '我从{firm}辞职，老板说压的工资算违约金，哪有这样的道理。'],
    progress: ['到厂查工资表和考勤，下达限期改正。'],
    answer: ['{firm}{date}把拖的工资发了，包括您的{yuan}元。', '{firm}扣工资没有道理，{date}已经把您的{yuan}元结清。'],
  },
  {
    category: '工伤认定与待遇', unit: 'labour', wrong: ['insurance', 'health'], of: ['worker', 'driver', 'returned', 'away'],
    subject: ['干活砸伤了脚，老板不认工伤', '工伤认定等了几个月'],
    body: ['上工时钢管砸了脚，老板付了头一笔医药费就不管了，说没签合同不算。', '工伤材料交上去{since}，腿还疼着，没收入，不知等到什么时候。'],
    progress: ['调取证人证言，确认用工关系。'],
    answer: ['工伤认定书{date}下达，停工工资照发。伤残鉴定我们帮约了下周。', '材料缺一份证人证言，我们去工地补了，认定书{date}下达，停工工资照发。'],
  },
  {
    category: '劳动合同', unit: 'labour', of: ['worker', 'job-seeker', 'driver', 'student'],
    subject: ['厂里不签合同不交社保', '试用期一延再延'],
    body: ['上班八个月，合同不签社保不交，说签了工资就少。', '说好试用两个月，干了五个月还是试用，工资按八成发。'],
    progress: ['到企业查用工台账，责令补签。'],
    answer: ['合同{date}已补签，社保从入职当月补交，差的工资{yuan}元补发。', '试用期按规定最多两个月，{date}已转正，少发的{yuan}元补到卡上。'],
  },
  {
    category: '就业创业', unit: 'labour', of: ['job-seeker', 'returned', 'newborn', 'allowance', 'grandchildren', 'disability'], months: [2, 3, 4, 9, 10], weight: 2,
    subject: ['想找个离家近的活', '返乡没事做，想学技术'],
    body: ['要带孙子出不了远门，想在镇上找个能接送孩子的活，工资低点也行。', '在外打工十几年回来了，没手艺，听说有免费培训，村里说名额满了。'],
    progress: ['登记意向，推荐三个岗位。'],
    answer: ['镇上车间缺缝纫工，{date}试工，下午四点半下班，正好接孩子。', '电工班{date}开课，免学费，给您留了名额。'],
  },
  {
    category: '小额与涉农贷款', unit: 'labour', wrong: ['bank', 'finance'], of: ['returned', 'orchard', 'livestock', 'shop', 'veteran', 'job-seeker'],
    subject: ['创业贷款批不下来', '返乡创业有哪些补贴'],
    body: ['想贷十万块扩大棚，银行要公务员担保，我上哪找？', '回来开了个小店，听说有一次性补贴，问了几个地方说法不一样。'],
    progress: ['与银行商量用担保基金。'],
    answer: ['改由担保基金担保，{date}放款，利息财政贴一半。', '补贴五千元符合，材料只要三样，窗口已替您收下。'],
    policy: ['贷款办法要求有固定场所和半年流水，您还差三个月，现在不能放款。到期前我们打电话提醒您来办。'],
  },
  {
    category: '职业培训', unit: 'labour', of: ['worker', 'job-seeker', 'returned', 'student', 'driver'],
    subject: ['培训班收了钱不开课', '技能补贴没到账'],
    body: ['交了{yuan}元学月嫂，说拿证包就业，上了三天课人去楼空。', '考了证，补贴申请半年没到。'],
    progress: ['联系市场监管一起查培训机构。'],
    answer: ['钱已追回退您，机构停业整改。县里免费班{date}开，给您报了名。', '补贴{date}到卡，晚是因为银行名写错一个字，已改。'],
  },
  {
    category: '企业改制遗留', unit: 'union', wrong: ['civil', 'labour'], where: 'town', of: ['worker', 'illness', 'job-seeker', 'retired'],
    subject: ['厂子关了，生活困难', '困难职工补助申请'],
    body: ['厂子关门，两口子一起下岗，孩子上高中，社保也断了。'],
    progress: ['入户登记，建档帮扶。'],
    answer: ['困难职工补助{yuan}元{date}发到，社保续交由总工会帮一年，招聘会给您留了两个面谈。'],
    slots: { yuan: ['1500', '2000', '3000'] },
  },
];
