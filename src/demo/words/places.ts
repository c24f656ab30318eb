/** Names of places. The county is fictional: its code 9901… is given to no place. */
const list = (text: string): string[] => text.split(' ');

export interface TownshipWords {
  readonly name: string;
  readonly households: number;
  /** Twenty village level places; those ending in 社区 are urban. */
  readonly places: readonly string[];
}

export const COUNTY = { code: '990101', name: '清河县', prefix: 'QH' } as const;

/** The township told whole at the scale of one township. */
export const TOLD = '柳河镇';

export const TOWNSHIPS: readonly TownshipWords[] = [
  { name: '城关镇', households: 4_700, places: list('东门社区 西门社区 南关社区 北关社区 文庙社区 鼓楼社区 河滨社区 新城社区 朝阳社区 建设路社区 车站社区 书院社区 纺织社区 学府社区 城郊村 三里店村 五里墩村 菜园村 窑上村 官塘村') },
  { name: '柳河镇', households: 3_400, places: list('柳河街社区 柳新社区 河湾村 柳林村 桥头村 上游村 下渡村 石门村 大塘村 小塘村 黄泥村 双桥村 高台村 渔樵村 栗树村 枫树村 长堰村 金盆村 新屋村 红岩村') },
  { name: '石桥镇', households: 3_300, places: list('石桥街社区 新桥社区 石板村 桥东村 桥西村 老街村 磨盘村 石塔村 青石村 白石村 望桥村 响水村 油坊村 梨园村 何店村 古井村 同心村 板桥村 槐树村 山门村') },
  { name: '双塔镇', households: 3_300, places: list('双塔街社区 塔山社区 东塔村 西塔村 塔后村 大路村 马店村 和平村 清泉村 花园村 杏花村 茶亭村 胜利村 楼下村 前进村 张桥村 银杏村 岗上村 稻香村 莲塘村') },
  { name: '白水镇', households: 3_300, places: list('白水街社区 泉边社区 白泉村 龙潭村 水口村 水磨村 鱼塘村 沙洲村 沙坝村 麻石村 临水村 芦苇村 渡口村 洲头村 荷叶村 滩上村 堤口村 闸口村 湾里村 江边村') },
  { name: '南岭镇', households: 3_200, places: list('南岭街社区 岭新社区 岭上村 岭下村 茶山村 竹林村 松林村 杉树村 云台村 半坡村 石坳村 横岭村 尖山村 凉亭村 马鞍村 木子村 深溪村 乌石村 百果村 药园村') },
  { name: '东湖镇', households: 3_300, places: list('东湖街社区 湖滨社区 湖心村 湖口村 湖西村 月塘村 藕塘村 渔业村 大圩村 小圩村 莲花村 白鹭村 垱上村 新垸村 芦花村 圩堤村 三汊村 水产村 金湖村 银湖村') },
  { name: '杨树镇', households: 3_200, places: list('杨树街社区 杨新社区 大杨村 小杨村 杨柳村 合心村 旱塘村 刘集村 曹集村 粮站村 打谷村 麦香村 红旗村 光明村 二郎村 坊前村 西岗村 东岗村 田心村 瓦屋村') },
  { name: '平安镇', households: 3_200, places: list('平安街社区 安宁社区 平原村 安居村 福寿村 长安村 永安村 吉祥村 丰收村 富民村 兴旺村 五谷村 六合村 八里村 九龙村 团结村 牌坊村 祠堂村 学堂村 米市村') },
  { name: '太和镇', households: 3_100, places: list('太和街社区 和顺社区 太山村 和睦村 上和村 中和村 下和村 观音桥村 凤凰村 麒麟村 鹤岭村 鹿坪村 铁炉村 铜锣村 银匠村 染坊村 豆腐村 花桥村 樟树村 桂花村') },
  { name: '望山乡', households: 2_900, places: list('望山街社区 望新社区 望山村 远山村 高峰村 天池村 云雾村 石壁村 老林村 鹰嘴村 羊角村 牛角村 大坪村 小坪村 梯田村 冷水村 温泉村 风门村 野栗村 千担村') },
  { name: '云溪乡', households: 3_100, places: list('云溪街社区 溪口社区 溪头村 溪尾村 上溪村 中溪村 下溪村 竹溪村 石溪村 梅溪村 桃溪村 柳溪村 兰溪村 双溪村 九曲村 木桥村 浅滩村 月亮村 笔架村 砚台村') },
];

/** Villagers' groups, by the lie of the land. */
export const GROUPS = list('上湾 下湾 老屋 新屋 塘边 坝上 坡头 河边 田畈 竹园 井边 岗上 岗下 桥边 庙前 山脚 院子 大屋 小屋 樟树下 槐树下 石板 水口 垄里 沟边 碾子 油榨 学堂 东头 西头 前头 后头 炮台 窑边 晒场 果园 柿子 桃园 橘园 茶园');

/** Housing estates and streets of the communities. */
export const ESTATES = list('清河花苑 锦绣家园 滨河小区 阳光新村 民生苑 和顺里 书香苑 东方佳苑 幸福里 安居小区 桂花园 翠竹园 纺织厂家属院 粮食局家属院 老电影院片区 农机厂宿舍 福源公寓 金水湾 学府雅居 春晖苑 城南新居 丰泽园 华庭苑 明月楼 惠民公寓 供销社宿舍 御景苑 康乐小区 新华里 水岸名居');

export const STREETS = list('人民路 建设路 清河大道 解放街 新华路 滨河路 文昌街 育才路 迎宾路 朝阳街 供销街 车站路 团结路 老街 环城北路 环城南路');
