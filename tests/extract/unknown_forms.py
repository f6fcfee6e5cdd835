"""Acts in forms that no rule was written for: none of them may be silent. Our own words; an act a paragraph, its title first."""

CHINESE = """
商务部公告2030年第101号 关于不得遵守某国对三家炼厂限制措施的禁令
经评估，某国对三家炼厂的次级限制构成不当域外适用。境内组织和个人不得承认、执行或者遵守。本禁令自发布之日起生效。
商务部
2030年5月2日

商务部公告2030年第102号 撤销第一号禁令的公告
因相关外国措施已解除，商务部公告2030年第101号自2030年9月1日起失效。
商务部
2030年8月30日

应对外国不当域外管辖工作机制公告〔2030〕1号
现将甲评级公司（Alpha Ratings Inc.）列入恶意实体清单，禁止境内金融机构向其提供数据。
应对外国不当域外管辖工作机制
2030年5月6日

国务院反外国不当域外管辖工作机制关于恶意实体的公告
2030年第2号
下列机构协助实施不当域外管辖，一律认定为恶意实体：乙律师行（Beta LLP）。
2030年6月6日

商务部 海关总署公告2030年第103号
为履行防扩散义务，自2030年6月1日至2031年5月31日，对高压压缩机（参考海关商品编号：8414804090）实行临时管制。
商务部 海关总署
2030年5月10日

商务部 海关总署公告2030年第104号 关于延长高压压缩机临时管制期限的公告
临时管制期限延长至2032年5月31日。
商务部 海关总署
2031年5月20日

商务部 海关总署公告2030年第105号 解除对部分无人机零部件临时管制
经评估，自2030年7月1日起不再对红外相机实施临时管制。
商务部 海关总署
2030年6月25日

商务部公告2030年第106号 关于启用两用物项出口通用许可的公告
符合条件的企业可凭通用许可向附件所列二十国出口石墨制品，有效期三年。
商务部
2030年6月28日

商务部公告2030年第107号 关于对部分稀土磁体出口实行简化许可的公告
最终用户为民用汽车制造企业的，五个工作日内办结。自2030年7月1日起试行。
商务部
2030年6月29日

商务部公告2030年第108号
任何出口经营者不得向从事高超声速武器研制的最终用户出口钨合金及其制品。即日起执行。
商务部
2030年7月1日

商务部公告2030年第109号 关于禁止相关物项转口至某国的公告
禁止任何国家和地区的组织将原产于中国的锑转移至某国。
商务部
2030年7月2日

商务部公告2030年第110号 建立两用物项出口事后报告制度
出口经营者应于货物离境后三十日内报送最终用途情况，逾期不报的停止受理其许可申请。自2030年9月1日起施行。
商务部
2030年7月3日

商务部 科技部公告2030年第111号 关于公布《中国禁止出口限制出口技术目录》调整内容的公告
新增电池正极材料制备技术一项，删除中药炮制技术一项，自公布之日起施行。
商务部 科技部
2030年7月4日

商务部 科技部 中华人民共和国令2030年第3号
《技术出口管制目录（2030年版）》已经国务院批准，现予发布。
2030年7月5日

商务部公告2030年第112号 公布2030—2031年度钨、锑、白银出口国营贸易企业名单
甲进出口公司、乙矿业公司符合条件，准予列入。
商务部
2030年7月6日

商务部公告2030年第113号
2030年度第二批稀土出口配额总量为12000吨，分配方案见附件。
商务部
2030年7月7日

工业和信息化部 自然资源部通知
工信部联原〔2030〕88号
现下达2030年第二批稀土开采、冶炼分离总量控制指标。不得超指标生产。
工业和信息化部 自然资源部
2030年7月8日

工业和信息化部公告2030年第30号
自2030年10月1日起，稀土产品出厂实行追溯信息申报，未申报的不得销售、出口。
工业和信息化部
2030年7月9日

海关总署公告2030年第120号
自2030年8月1日起，石墨负极材料出口须在报关单填报最终用户，未填报的不予放行。
海关总署
2030年7月10日

海关总署公告2030年第121号（关于加强锑制品出口监管的公告）
对锑制品出口一律实施取样检测，确认非管制物项后放行。
海关总署
2030年7月11日

海关总署公告2030年第122号
根据《中华人民共和国反外国制裁法》，即日起停止进口某国原木。
海关总署
2030年7月12日

交通运输部公告2030年第40号
自2030年8月10日起，对悬挂某国旗帜的船舶按航次收取特别港务费。
交通运输部
2030年7月13日

交通运输部公告2030年第41号 关于禁止某邮轮公司船舶挂靠我国港口的公告
即日起禁止其所属船舶进入我国港口。
交通运输部
2030年7月14日

交通运输部公告2030年第42号
经国务院同意，交通运输部公告2030年第40号暂停实施一年。
交通运输部
2030年11月9日

财政部关于在政府采购活动中对自某地区进口的医疗器械采取相关措施的通知
财库〔2030〕15号
采购人应当将该地区企业排除，自2030年7月20日起实施。
财政部
2030年7月15日

国家网信办关于停止采购某公司存储产品的公告
经网络安全审查，该公司产品未通过，关键信息基础设施运营者应停止采购。
国家网信办
2030年7月16日

国家发展改革委公告2030年第9号
外商投资安全审查工作机制办公室依法禁止某外资收购甲公司，要求当事人撤销交易，投资限制自即日起执行。
国家发展改革委
2030年7月17日

公安部 商务部公告2030年第8号 关于向特定国家出口易制毒化学品的公告
增列三种化学品，向附件国家出口须申领许可。
公安部 商务部
2030年7月18日

国家密码管理局 商务部 海关总署公告2030年第63号
调整《商用密码出口管制清单》，增列抗量子密码芯片。
国家密码管理局 商务部 海关总署
2030年7月19日

国家国防科工局 商务部公告2030年第4号 关于卫星零部件出口审批的公告
卫星推进系统出口须经军品出口审批。
国家国防科工局 商务部
2030年7月20日

外交部公告2030年第5号
中国决定对甲议员等五名某国政客实施入境限制，包括香港、澳门。
外交部
2030年7月21日

外交部令第40号
（2030年7月22日公布）
对乙防务公司采取冻结财产、禁止交易的措施，自即日起施行。
部长 某某
2030年7月22日

外交部令第41号 关于延长对丙公司反制措施的决定
反制措施延长一年，至2031年7月23日。
部长 某某
2030年7月23日

外交部令第42号
停止2030年7月22日外交部令第40号所列措施。
部长 某某
2030年10月22日

外交部关于执行安理会第2999号决议的通知
现将决议所列制裁个人和实体名单公布，请遵照执行。
外交部
2030年7月24日

香港特别行政区行政长官公告
根据联合国制裁条例，行政长官指明下列人士，禁止向其提供武器。
行政长官 某某
2030年7月25日

澳门特别行政区公报 行政长官公告第12号
公布外交部关于反制措施的决定在澳门施行。
二零三零年七月二十六日
行政长官 某某

中华人民共和国国务院令
第870号
《国务院关于反制某国歧视性限制措施的规定》已经国务院常务会议通过，现予公布，自公布之日起施行。
总理 某某
2030年7月27日

全国人民代表大会常务委员会关于授权国务院采取反制措施的决定
授权国务院对歧视我国的国家实施反制。本决定自2030年8月1日起施行。
2030年7月28日

商务部关于2030年第103号公告的更正
公告附件中商品编号"8414804090"应为"8414804010"。
商务部
2030年5月12日

商务部公告2030年第114号
商务部公告2030年第7号附件第二项实体名称更正为"甲株式会社本社"。
商务部
2030年7月29日

商务部公告2030年第115号
商务部、海关总署公告2029年第56号、57号继续暂停实施至2031年11月10日。
商务部
2030年11月7日

商务部公告2030年第116号 提前终止暂停实施有关公告的决定
商务部公告2030年第115号所定暂停提前终止，有关公告自2031年3月1日起恢复实施。
商务部
2031年2月20日

商务部公告2030年第117号
出口管制管控名单中甲公司名称变更为丁公司，原措施继续适用。
商务部
2030年8月1日

商务部公告2030年第118号
准予乙大学移出关注名单，同日起可以申请通用许可。
商务部
2030年8月2日

商务部公告2030年第119号 将列入期限届满实体移出管控名单
丙公司等三家实体不再列入。自2030年8月3日起生效。
商务部
2030年8月3日

不可靠实体清单工作机制
2030年第9号
对戊公司补充采取禁止其高管入境的措施。
不可靠实体清单工作机制
2030年8月4日

不可靠实体清单工作机制公告〔2030〕10号 豁免有关交易
境内企业与己公司就医疗设备维修进行的交易予以豁免，至2030年12月31日。
不可靠实体清单工作机制
2030年8月5日

商务部公告2030年第120号
对拒不配合核查的庚贸易公司，不再受理其两用物项出口申请。
商务部
2030年8月6日

商务部、海关总署公告2030年第121号
《两用物项和技术进出口许可证管理目录》增列税号2846901100，自2030年9月1日起执行。
商务部 海关总署
2030年8月7日

商务部 海关总署 市场监管总局公告2030年第122号 关于对锂矿石实行出口许可管理的公告
出口锂矿石应当申领出口许可证。2030年9月10日起施行。
商务部 海关总署 市场监管总局
2030年8月8日

商务部通告
境内任何单位不得协助某国实施对稀土磁体的最终用途核查。
商务部
2030年8月9日

国家能源局公告2030年第3号 关于核级石墨对外提供限制的公告
未经批准不得对外提供核级石墨及其技术资料。
国家能源局
2030年8月10日

国家原子能机构公告2030年第2号
核两用品出口目录增列氚靶组件，出口须经许可。
国家原子能机构
2030年8月11日

中央军委装备发展部 商务部公告2030年第1号
对军民两用无人艇实施出口管制。
中央军委装备发展部 商务部
2030年8月12日

自然资源部 商务部公告2030年第7号 禁止外商投资勘查战略性矿产
自公布之日起，禁止外国投资者勘查、开采钨、锡、锑。
自然资源部 商务部
2030年8月13日

国家航天局 商务部公告2030年第2号
遥感卫星原始数据出境须经审批，不得向被列入管控名单的实体提供。
国家航天局 商务部
2030年8月14日

中国人民银行 外交部公告2030年第11号
境内金融机构应当立即冻结下列受制裁人员的资金。
中国人民银行 外交部
2030年8月15日

国家移民管理局公告2030年第6号
对参与制裁我官员的某国人员不予签发签证、不准入境。
国家移民管理局
2030年8月16日

商务部新闻发言人就暂停对某国实体措施答记者问
问：有何安排？答：中方决定，暂停对某国十二家实体的出口管制措施，期限九十天。

外交部发言人就反制宣布
问：中方有何举措？答：中方决定取消对某国三名议员的制裁，解除入境限制。

商务部关于暂停受理某类无人机出口许可申请的通知
各发证机构：自2030年9月1日起暂停受理，已受理的退回。
商务部
2030年8月20日

商务部安全与管制局关于终止镓锗物项民用认定便利安排的公告
自2030年9月5日起终止，恢复逐单许可。
商务部安全与管制局
2030年8月21日

工业和信息化部 商务部 海关总署公告2030年第44号 对动力电池回收设备出口加强管理
出口该类设备须经许可。
工业和信息化部 商务部 海关总署
2030年8月22日

国家林草局 海关总署公告2030年第6号 关于停止向某国出口大熊猫合作物种的公告
根据反制安排停止出口。
国家林草局 海关总署
2030年8月23日
"""

ENGLISH = """
MOFCOM Announcement No. 61 of 2030 on Prohibiting Compliance with Certain Foreign Measures
No organization or individual in China shall recognize, enforce or comply with the measures. This announcement takes effect on May 2, 2030.
Ministry of Commerce
May 2, 2030

Announcement No. 62 of 2030 of the Ministry of Commerce and the General Administration of Customs
With the approval of the State Council, temporary export control on high-pressure compressors is extended until May 31, 2032.
Ministry of Commerce, General Administration of Customs
May 10, 2030

Announcement of the Working Mechanism on Countering Unjustified Extraterritorial Jurisdiction
The following entities are placed on the Malicious Entity List.
Ministry of Commerce of the People's Republic of China
June 3, 2030

Ministry of Transport Announcement No. 40 of 2030
Special port fees shall be collected from vessels flying the flag of the country as of August 10, 2030.
Ministry of Transport of the People's Republic of China

Order Renewing Temporary Denial of Export Privileges: Sky Cargo LLC
Bureau of Industry and Security. I hereby order that the denial of export privileges of Sky Cargo LLC is renewed for one year from June 4, 2030.

Revisions to the Unverified List; Addition of Nine Persons
Department of Commerce, Bureau of Industry and Security, 15 CFR Part 744. Final rule. This rule adds nine persons to the Unverified List, effective June 6, 2030.

Temporary General License: Extension of Validity
Bureau of Industry and Security, 15 CFR Part 744. BIS is extending the validity of the temporary general license until December 1, 2030.

Suspension of the Affiliates Rule
Bureau of Industry and Security, 15 CFR Parts 740 and 744. Interim final rule. This rule stays the affiliates rule until November 9, 2031.

Issuance of Russia-related General License 55
Recent Actions 06/07/2030. OFAC has issued Russia-related General License 55, authorizing certain transactions until July 7, 2030.

Iran-related Designations Removal
Recent Actions 06/08/2030. The Office of Foreign Assets Control: the following individuals have been removed from the SDN List: DOE, John.

Bureau of International Security and Nonproliferation; Imposition of Nonproliferation Measures on Two Foreign Entities
Department of State, Public Notice 13001. It has been determined that two entities engaged in missile technology proliferation. Sanctions are imposed for two years.

International Traffic in Arms Regulations: Statutory Debarment of Four Persons
Department of State, Directorate of Defense Trade Controls, Public Notice 13002. Notice is hereby given that four persons are statutorily debarred.

Public Safety and Homeland Security Bureau Announces Additions to the Covered List, DA 30-555
Federal Communications Commission. Public Notice. Equipment produced by two entities is added to the Covered List as of June 9, 2030.

Notice of Availability of Designation of Chinese Military Companies
Department of Defense. The Deputy Secretary has determined that the following entities qualify under section 1260H.

Notice Regarding Additions to the UFLPA Entity List
Department of Homeland Security, as chair of the Forced Labor Enforcement Task Force, announces that eight entities are added to the UFLPA Entity List effective June 10, 2030.

Notice of Action in Section 301 Investigation: Suspension of Port Service Fees
Office of the United States Trade Representative, Docket No. USTR-2030-0002. The action is suspended for one year. Special port fees shall not be collected.

Council Implementing Regulation (EU) 2030/612 implementing Regulation (EU) No 269/2014
Annex I is amended as set out in the Annex. This Regulation shall enter into force on the day of its publication. Done at Brussels, 12 June 2030. For the Council, the President.

Council Decision (CFSP) 2030/613 concerning restrictive measures against serious human rights violations
Article 1: The following persons are removed from the list. Done at Brussels, 12 June 2030.

Commission Implementing Regulation (EU) 2030/700 suspending authorisation requirements for certain dual-use exports
Article 1: The authorisation requirement is suspended until 1 July 2031. Done at Brussels, 20 June 2030. For the Commission, the President.

Corrigendum to Council Regulation (EU) 2030/500 concerning restrictive measures
In Annex XXIII, for '8541 10' read '8541 49'. It shall apply from 13 June 2030.

Notice to exporters 2030/14: revocation of open general export licence (dual-use items)
Export Control Joint Unit. The licence is revoked with effect from 1 July 2030.

Trade sanctions general licence INT/2030/777
Office of Financial Sanctions Implementation. This licence takes effect on 2 July 2030 and permits wind-down payments to designated persons.

OTSI notice: suspension of trade sanctions licence
Office of Trade Sanctions Implementation. The general trade licence for subsidiaries is suspended with effect from 3 July 2030.

Ministerial Ordinance Partially Amending the Ordinance on Export Control of Goods
Ministry of Economy, Trade and Industry (METI). The Ordinance adds three semiconductor items to the list; it comes into force on August 1, 2030.

Revision of the End User List
Ministry of Economy, Trade and Industry. Notice: 12 entities have been added to the End User List, effective June 30, 2030.

Public Notice No. 2030-21 on Trade of Strategic Items
Ministry of Trade, Industry and Energy (MOTIE). 15 items are added to the strategic items subject to catch-all control as of July 10, 2030.

Regulations Amending the Special Economic Measures (Russia) Regulations: SOR/2030-88
Her Excellency the Governor General in Council makes the Regulations. Five individuals are added to Schedule 1; the asset freeze applies on registration.

Order Amending the Export Control List
Global Affairs Canada. SOR/2030-90. Quantum computers are added to Group 5; export permits are required. It comes into force on July 20, 2030.

Autonomous Sanctions (Designated Persons and Entities) Amendment (No. 4) Instrument 2030
The persons in Schedule 1 are designated. This instrument commences the day after registration. Department of Foreign Affairs and Trade. This instrument takes effect on 5 July 2030.

Ordinance on Measures against Belarus: Amendment of 9 July 2030
State Secretariat for Economic Affairs. The Federal Department has amended Annex 13. It comes into force on 9 July 2030 at 18.00. The sanctions apply to six entities.

Circular No. 11/2030: Amendment to the Strategic Goods (Control) Order
Singapore Customs. The list of controlled strategic goods is amended as follows with effect from 1 August 2030.

Amendment of the Strategic High-Tech Commodities Entity List
International Trade Administration, Ministry of Economic Affairs. Notice: 60 entities have been added to the entity list and exports to them must be licensed.

Regulation on Advanced Semiconductor Manufacturing Equipment: Amendment
Staatscourant 2030, 12345. The Minister for Foreign Trade has decided that an export licence shall be required for further items as of 1 September 2030.
"""
