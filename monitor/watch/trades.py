"""Further common words of company names, as `words.COMMON` writes them: lemma, other forms | what Chinese or Japanese says."""

TABLE = """
agency agencies agent agents forwarding forwarder forwarders | 代理 货代
aerospace | 宇航 空天
freight | 货运
trade | 商行 科贸 工贸 贸易行 商社 商事
fuel fuels
children
fishery fishing
machinetool | 机床
cnc numerical | 数控
mould moulds mold molds molding moulding | 模具
ceramic ceramics | 陶瓷
hardware | 五金 硬件
toy toys | 玩具
leather | 皮革
advertising | 广告
media | 传媒 媒体
bank | 银行
insurance | 保险
security | 证券
fund | 基金
hotel | 酒店
travel | 旅游
estate | 置业 地产 房地产
property | 物业
shipping | 船务
pharmaceutical | 医药
medical | 医院 医学
equipment | 器材 装置
component | 元器件 电子元件
communication | 通信技术
measurement | 测量
optoelectronics | 光电子
titanium | 钛业
molybdenum | 钼业
lithium | 锂业
zinc | 锌业
nickel | 镍业
gold | 黄金
steel | 特钢 不锈钢
magnet | 磁性材料 永磁 磁业
supply | 供应链管理
environment | 环境 环保
heat thermal | 热力
chemical | 化学
garment | 服装
food | 食品
wine | 酒业
cement | 水泥
port ports | 港口
airport | 机场
holding | ホールディングス ホールディング
group | グループ
technology | テクノロジー テクノロジーズ テック
system | システム システムズ
electronic | エレクトロニクス
service | サービス
international | インターナショナル
engineering | エンジニアリング
solution | ソリューション ソリューションズ
network | ネットワーク
software | ソフトウェア
chemical | ケミカル
industry | 産業 产业 興業 兴业
"""
