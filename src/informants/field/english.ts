import { sayingBy } from '../../app/ui/say.ts';

export const t = sayingBy({
  信息员: 'Informants',
  '村里还没有信息员。': 'Nobody yet in your village.',
  '问问热心的人愿不愿意帮着报村里缺什么，说好到哪天。在电脑上“基层阵地”里登记。':
    'Ask somebody willing to say what the village lacks, and until when. Enrol them at the desk under “Local premises”.',
  '{day} 到期': 'until {day}',
  '已到期，请再问本人': 'Over; ask again',
  替他报: 'Report for them',
  '只报需要，不报人': 'Needs only, never people',
  一个地方: 'A place',
  一户自己的: 'A household’s own',
  在哪里: 'Where',
  '哪座桥、哪盏灯、哪段路；不写名字': 'Which bridge, lamp or road; no names',
  '缺什么、要修什么、要帮什么': 'What is missing or needed',
  '就是需要，没有说人，请镇里看一眼': 'It is a need, not about anybody; let somebody look',
  报上去: 'Report',
  '报上了。': 'Reported.',
  '让他们自己看、自己同意': 'Let them read and agree',
  '请这一户用自己的手机打开，同意了才上台账：':
    'For the household’s own phone; it becomes a matter only when they agree:',
  好了: 'Done',
  等本人同意: 'Waits for their word',
  请本人同意: 'Ask them',
  '请{name}用自己的手机扫，点“我愿意”才能报。':
    '{name} scans this on their own phone; reports begin once they touched “I will”.',
});
