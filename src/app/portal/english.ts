import { sayingBy } from '../../contract/language.ts';

/**
 * The portal's own sentences in English, by the Chinese. A sentence cut in two by a link stands here in its pieces,
 * with the spaces that English wants around them. What residents and officials wrote is never translated.
 */
export const english = {
  // Every page
  '。': '.',
  跳到正文: 'Skip to the text',
  '怎么用，信息怎么保管': 'How it works and how your data is kept',
  干部登录: 'Officials: sign in',
  回首页: 'Home',
  显示方式: 'Display',
  大字: 'Large type',
  标准字: 'Normal type',
  深色: 'Dark',
  浅色: 'Light',
  '还差一点：': 'Nearly there:',
  提交: 'Send',
  请稍等一分钟: 'Please wait a minute',
  '这个网络上刚才操作得太频繁。过一分钟再试；刚填的内容，按“返回”还在。':
    'There were too many requests from this network. Try again in a minute; “Back” still has what you typed.',
  信息怎么保管: 'How your data is kept',
  可以不填: 'optional',
  电话: 'Telephone',
  '村、社区': 'Village or community',
  '{days} 天': '{days} days',

  // Pictures
  照片: 'Photos',
  '可以不传，最多 {most} 张': 'optional, up to {most}',
  '拍清楚是什么、在哪儿就行，别拍到人脸和证件。照片里藏着的位置信息会去掉。':
    'Show what it is and where; please no faces or papers. Location data hidden in a photo is removed.',
  '第 {n} 张已经收到': 'Photo {n} is here already',
  不要了就去掉勾: 'untick it to leave it out',
  '有一张照片太大了（超过 10 MB），请换一张小些的。':
    'One photo is too large (over 10 MB). Please choose a smaller one.',
  '有一个文件不是照片。请选 JPG、PNG 或 WebP 照片。': 'One file is not a photo. Please choose a JPG, PNG or WebP.',
  '有一张照片打不开，可能传坏了，请重新选。':
    'One photo cannot be opened; it may have been damaged. Please choose it again.',
  '这里现在收不了照片。先不传照片，事情照样能说。':
    'Photos cannot be taken in here just now. You can say it without them.',
  '一次最多 {most} 张照片，多的没有收。': 'At most {most} photos at once; the others were left out.',
  '照片传得太频繁，请过一分钟再试。': 'Too many photos in a short time. Please try again in a minute.',

  // What was promised and done
  答应和办成的事: 'Promised and done',
  '各乡镇、村答应和办成的事': 'What was promised and done, by township and village',
  '说出来多少，答应了多少，办成了多少，没办成的也照样数。只数件数，不写谁说的、说了什么。':
    'How much was raised, how much was promised, how much was done; what was not done is counted as well. Numbers only: nobody who spoke, and nothing they said.',
  '看哪个乡镇、街道': 'Choose a township',
  '再看哪个村、社区': 'Then a village or community',
  '看{township}全镇的': 'All of {township}',
  这一年: 'past year',
  '{place}这一年说出来的事不到 {few} 件，不分开数，免得看出是谁家的。':
    'Fewer than {few} matters were raised in {place} in the past year. They are not counted apart, so that nobody can be made out.',
  件定了日子: 'given a day',
  '其余的：{waiting} 件单位说办好了，等本人看；{open} 件还在办。':
    'Of the rest, {waiting} are said to be done and wait for the resident; {open} are under way.',
  '没有超期的。': ' None is overdue.',
  '{count} 件过了日子，': ' {count} are overdue: ',
  '有 {count} 件群众说没办好，退回去重办过。': ' {count} went back because residents said they were not done.',
  '干部上门答应的 {vowed} 件，办了 {kept} 件': 'Of {vowed} promises made on doorsteps, {kept} were kept',
  '，没有过期的。': '; none is late.',
  '，{late} 件过了说好的日子还没办。': '; {late} are past their day.',
  都是些什么事: 'What they were about',
  哪类事: 'Kind',
  说了: 'Raised',
  办好了: 'Done',
  其他: 'Other',
  最近办好的: 'Done lately',
  '{on}本人说办好了': 'the resident said so on {on}',
  '，当天办完': ', within a day',
  '，办了 {days} 天': ', in {days} days',

  // First page
  说件事: 'Tell us something',
  有事您说: 'We are listening',
  要办什么: 'What would you like to do',
  '要办的、要问的、要投诉的都行，不用注册': 'A request, a question or a complaint; no account needed',
  查进度: 'Check progress',
  '凭编号和查询码，看办到哪一步': 'See how far it has got, with your number and code',
  找干部: 'Find an official',
  '您村的联系干部是谁、电话多少': 'Who is responsible for your village, and their telephone',
  这个月: 'This month',
  件事说出来: 'raised',
  件已有回音: 'answered',
  件您说办好了: 'done, in your own words',
  '不到 1 天': 'less than a day',
  '这个月还没有人说事。': 'Nobody has raised anything this month.',
  '这个月还不到 {few} 件，先不算要等几天。': 'Fewer than {few} this month: too few to say how long an answer takes.',
  '一半以上的事还在等回音。': 'More than half are still waiting for an answer.',
  '一半的事在{days}内有了回音。': 'Half were answered within {days}.',
  '现在没有超期的事。': ' Nothing is overdue now.',
  '现在有 {count} 件超期，': ' Overdue now: {count}. ',
  '哪些超期、为什么': 'Which, and why',

  // Receptions on site
  现场接访: 'Receptions near you',
  '接下来有 {count} 场干部到现场接访，': 'Officials hold {count} receptions on site soon. ',
  '时间地点、约一个号': 'When, where, book a place',
  '干部到这些地方当面听您说。可以先约一个号，也可以到时候直接去。':
    'Officials come to these places to listen. Book a place, or simply come.',
  '近期没有排现场接访。有事随时可以在网上说。': 'No reception is arranged soon. You can tell us here at any time.',
  已取消: 'Called off',
  '还有 {left} 个号': '{left} places left',
  约满了: 'Fully booked',
  '取消的原因：': 'Called off because: ',
  '时间或地点改过：': 'Time or place was changed: ',
  约一个号: 'Book a place',
  约现场接访: 'Book a place',
  '电话和编号写一个就行。时间地点有变，好告诉您。':
    'A telephone or a number is enough: so that we can tell you when something changes.',
  以前说过的事的编号: 'Number of something you raised before',
  想说什么: 'What it is about',
  约上: 'Book',
  '只有来接访的干部能看到您写的。': 'Only the officials who come can read what you write.',
  '这一次不能约了。可以看别的场次，或者直接在网上说事。':
    'This one cannot be booked any more. See the others, or tell us here.',
  看别的场次: 'Other receptions',
  '请留一个电话，或者写以前那件事的编号，好通知您变动。':
    'Please leave a telephone, or the number of something you raised before, so that we can tell you of changes.',
  '没有这个编号，请对一下再写，或者留电话。': 'There is no such number. Please check it, or leave a telephone.',
  '这个电话或编号已经约过这一次了。': 'This telephone or number has a place already.',
  '这次的号已经约满了。可以约下一次，或者直接在网上说事。': 'It is fully booked. Choose another one, or tell us here.',
  '这次接访的日子已经过了，请看下一次。': 'The day of this reception is over. Please see the next one.',
  '电话要写全：手机号，或区号加座机号。': 'Please give the whole telephone number.',
  '这一格写得不对，请改一下。': 'Please check this field.',
  '没有约上，请稍后再试。': 'It was not booked. Please try again later.',
  约上了: 'Booked',
  '约上了，请记下': 'Booked. Please keep this',
  您的号: 'Your turn',
  取消码: 'Code to cancel',
  '去不了就取消，号让给别人。以后要取消，打开这一场，写上号和取消码。':
    'If you cannot come, cancel, so that somebody else can. Later: open this reception and give your turn and the code.',
  取消这个号: 'Cancel this place',
  要取消约过的号: 'Cancel a place booked before',
  没有取消: 'Not cancelled',
  '号或者取消码不对，请对一下再试。': 'The turn or the code is wrong. Please check and try again.',
  取消了: 'Cancelled',
  '这个号让给别人了。': 'The place is free for somebody else.',
  没有这一场: 'No such reception',
  '这一场已经过了，或者地址不对。请看现在有哪些场次。': 'It is over, or the address is wrong. See which there are now.',

  // Say something
  '要办的、要问的、要投诉的都行。写完给您一个编号，随时能查。':
    'A request, a question or a complaint. You get a number and can look it up at any time.',
  写给: 'To',
  什么事: 'What is it about',
  '像平常说话那样写：出了什么事，多久了，想怎么解决。':
    'In your own words: what happened, since when, and what you would like done.',
  怎么找您: 'How to reach you',
  '留了电话，办的人能问清楚、给您回话。不留也照样办，凭编号查。':
    'With a number we can ask back and call you. Without one it is handled all the same; look it up by its number.',
  怎么称呼: 'Your name',
  替我保密: 'Keep my name confidential',
  '办事的单位看不到您是谁，只有受理和回访的人知道':
    'The office that acts does not see who you are; only those who receive it and call back know',
  这一格请空着: 'Please leave this empty',
  说出来: 'Send',
  '办事的人能看到您写的内容。': 'Those who handle it can read what you wrote. ',
  在哪儿: 'Where',
  '乡镇、街道': 'Township or subdistrict',
  请选择: 'Please choose',
  '列出村、社区': 'List villages',
  先选乡镇: 'Choose a township first',
  不清楚是哪个村: 'Not sure which village',
  具体位置: 'Exact place',
  '例如：二组北头，水泵房旁边': 'e.g. north end of group 2, by the pump house',
  '请写下是什么事，至少 4 个字。': 'Please write what it is about, at least 4 characters.',
  '太长了，请写在 5000 字以内；更多的可以以后补充。':
    'Too long: please keep to 5000 characters; you can add more later.',
  '请选事情发生在哪个乡镇、街道。': 'Please choose the township or subdistrict where it is.',
  '具体位置请写在 200 字以内。': 'Please keep the place to 200 characters.',
  '称呼请写在 40 字以内。': 'Please keep the name to 40 characters.',
  '电话号码好像不对，请检查；不想留可以空着。':
    'This does not look like a telephone number; check it or leave it empty.',
  '这次没有提交成功，请再按一次“说出来”。': 'It was not sent. Please press “Send” once more.',
  '没有收下，请稍后再试。': 'It was not taken. Please try again later.',
  这张卡上的干部已经调动: 'The official on this card has moved on',
  '事情照样能说：从首页点“说件事”，会转给现在负责的人。':
    'You can still tell us: choose “Tell us something” on the first page and it goes to whoever is responsible now.',

  // Received
  收到了: 'Received',
  '收到了，请记下编号': 'Received. Please note the number',
  编号: 'Number',
  查询码: 'Code',
  编号和查询码: 'Number and code',
  扫这个码可以直接看进度: 'Scan this to see the progress',
  '把这一页截图保存。': 'Keep a screenshot of this page.',
  '以后扫这个码，或者凭编号和查询码，就能看进度。别发给外人：有它就能看到您写的内容。':
    ' Scan the picture, or use number and code, to see the progress. Keep it to yourself: whoever has it can read what you wrote.',
  接下来: 'What happens next',
  受理的单位: 'The receiving office',
  '，{official} 也会看到': '; {official} will see it too',
  会: ' will',
  '把它转给该管的单位{also}。': ' pass it to the office in charge{also}.',
  '转过去的时候就定下哪天办完，进度里写着。': 'The day it is to be done by is set then, and stands with the progress.',
  '单位说办好了还不算完，': 'It is not over when the office says so: ',
  您说办好了才算完: 'it is over when you do',
  看进度: 'See progress',
  再说一件: 'Tell us something else',

  // Look it up
  '编号和查询码在您截的图上，也在给您的单子上。': 'Both are on your screenshot, and on the slip you were given.',
  '两个字母加数字，中间空不空格都行。': 'Two letters and digits, with or without spaces.',
  '6 位数字。': '6 digits.',
  '编号或者查询码丢了？打您村': 'Lost number or code? Call your village’s ',
  联系干部: 'contact official',
  '的电话，或者再': ', or ',
  说一次: 'tell us again',
  '请填编号。': 'Please enter the number.',
  '编号前面还有字母 {prefix}，请一起填上。': 'The number begins with the letters {prefix}; please enter them too.',
  '编号后面只有数字，请看看是不是把 0 写成了 O，或者把 1 写成了 I。':
    'After the letters there are only digits: is an O meant to be 0, or an I to be 1?',
  '编号少了数字：{letters} 后面至少 9 个，现在是 {count} 个。':
    'Digits are missing: at least 9 follow {letters}, here are {count}.',
  '编号多了数字，请对照截图再看一遍。': 'There are too many digits; please compare with your screenshot.',
  '编号有一个数字听错或写错了，或者有两个写反了。请对照截图再看一遍。':
    'One digit is wrong, or two have changed places. Please compare with your screenshot.',
  '编号和查询码对不上。请对照截图或单子，一个一个再看一遍。':
    'Number and code do not match. Please compare both with your screenshot or slip.',
  '这个编号一小时里试了太多次，先停一停。请过一小时再试，或者打村里联系干部的电话。':
    'This number was tried too often. Please try again in an hour, or call your village’s contact official.',
  '试得太频繁，请过一分钟再试。': 'Too many tries. Please try again in a minute.',
  '请填查询码，6 位数字。': 'Please enter the code, 6 digits.',
  '查询码是 6 位数字，现在是 {count} 位。': 'The code has 6 digits, here are {count}.',

  // Officials and cards
  受理员: 'Reception',
  乡镇负责人: 'Head of the township',
  没有登记电话: 'No telephone listed',
  '给{name}打电话 {phone}': 'Call {name}, {phone}',
  换一个乡镇: 'Another township',
  '{township}的其他村': 'Other villages of {township}',
  '{township}哪个村、社区': 'Which village or community of {township}',
  '这个村还没有登记联系干部。有事直接说出来，会转给该管的单位。':
    'No contact official is listed for this village yet. Tell us directly and it goes to the office in charge.',
  '没有找到“{typed}”。少写一个字再试，或者': '“{typed}” was not found. Try with fewer characters, or ',
  按乡镇找: 'look by township',
  干部: 'Officials',
  '您在哪个乡镇、街道': 'Which township or subdistrict are you in',
  '村名，或者干部的名字': 'Name of a village or an official',
  '汉字、拼音都行': 'Chinese or pinyin',
  找: 'Find',
  这张卡已经不用了: 'This card is no longer in use',
  '卡上的干部可能调动了。': 'The official may have moved on. ',
  看看现在是谁: 'See who it is now',
  民情联系卡: 'Contact card',
  '联系：{villages}': 'Contact for: {villages}',
  '说件事给 {name}': 'Tell {name} something',
  '打电话 {phone}': 'Call {phone}',
  '说的事有编号、有期限，{name}调走了也有人接着办。':
    'What you say gets a number and a date, and goes on even when {name} moves to another post.',

  // Overdue
  超期公示: 'Overdue',
  '答应的日子过了还没办完的，都在这里，办完才会去掉。只写编号，不写谁说的、说了什么。':
    'Everything past its promised day stands here until it is done: its number only, not who raised it or what was said.',
  还没有分类: 'Not yet classified',
  '晚了 {late}': '{late} late',
  今天刚超期: 'Due date just passed today',
  单位已撤销: 'Office no longer exists',
  还没有说明原因: 'No reason given yet',
  '原因：': 'Reason: ',
  '后面没有了。': 'Nothing further.',
  前一页: 'Previous page',
  后一页: 'Next page',
  '更新于 {when}': 'As of {when}',

  // How it works
  怎么用: 'How it works',
  '说件事。': 'Tell us something.',
  '不用注册，不留名字也行。写完给您一个编号、一个查询码，截图保存。':
    ' No account, and no name if you prefer. You get a number and a code; keep a screenshot.',
  '转给该管的单位。': 'It goes to the office in charge.',
  '从那时起定下哪天办完，为什么是那天也写给您看。':
    ' From then on there is a day for it to be done by, and you can read why that day.',
  '查进度。': 'Check progress.',
  '扫截图上的码，或者填编号和查询码。': ' Scan your screenshot, or enter number and code.',
  '您说了算。': 'Your word counts.',
  '单位说办好了，您看了再点“办好了”；没办好就点“没办好”，退回去重办。办完 {days} 天内又不行了，可以重新打开。':
    ' When the office says it is done, have a look: say that it is done, or that it is not, and it goes back. If it fails again within {days} days you can reopen it.',
  '晚了要公示。': 'Lateness is public.',
  '过了日子没办完的，写在': ' What is past its day stands under ',
  '里，单位要说明原因。': ', and the office has to say why.',
  '电话、上门也一样': 'By telephone or at the door, too',
  打: 'Call your ',
  '的电话、等干部来走访、到镇上说都可以，也会给您编号。':
    ', tell an official who visits, or come to the township: you get a number as well.',
  存什么: 'What is kept',
  '您写的事、在哪儿、您愿意留的称呼和电话。不留称呼和电话，我们就不知道您是谁。您上网的地址只用来拦住恶意提交，过一个来小时就删。':
    'What you write, where it is, and the name and telephone you choose to leave. Without them we do not know who you are. Your network address only serves to stop abuse and is deleted after about an hour.',
  谁能看: 'Who can see it',
  '受理的人、承办单位的人、负责这一片的干部和领导、督查和审计的人。点了“替我保密”的，承办单位看不到您是谁。超期公示里不写您的任何信息。':
    'Those who receive it, the office that acts, the officials and leaders of the area, inspectors and auditors. If you keep your name confidential, the office that acts does not see who you are. The overdue list holds nothing about you.',
  存多久: 'For how long',
  '到县里定的保管期满为止。您写的话和称呼、电话跟办理记录分开放，期满单独删掉。想早点删，当作一件事说出来就行。':
    'Until the county’s retention period ends. Your words, name and telephone are kept apart from the record and deleted by themselves. To have them deleted earlier, just tell us so.',
  在您手机上: 'On your phone',
  '只记大字、深色的选择，和两小时内看过的进度，点“退出”就没有了。':
    'Only your choice of type, colours and language, and for two hours the progress you looked at; signing out clears that.',
} as const satisfies Record<string, string>;

/** Says one of the portal's sentences in the language of the request. */
export const t = sayingBy(english);
