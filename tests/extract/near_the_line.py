"""Pages near the line: they bear the words of acts and decide nothing. Our own words; a page a paragraph, its title first."""

CHINESE = """
商务部关于《两用物项出口管制清单调整方案（征求意见稿）》公开征求意见的通知
现就该方案向社会公开征求意见，请于2030年5月1日前反馈。
商务部
2030年4月1日

海关总署关于公开征求《出口管制货物查验办法（草案）》意见的公告
海关总署公告2030年第31号
为完善出口管制查验，海关总署起草了办法草案，现征求意见。
海关总署
2030年4月9日

商务部公告2030年第41号 关于对原产于某国的进口聚丙烯进行反倾销立案调查的公告
商务部决定自2030年4月12日起立案调查。
商务部
2030年4月12日

商务部公告2030年第42号
商务部收到国内产业申请，决定对适用于进口苯酚的反倾销措施进行期终复审，自2030年4月13日起实施。
商务部
2030年4月12日

商务部公告2030年第43号
根据《中华人民共和国保障措施条例》，商务部决定终止食糖保障措施调查，不再实施限制。
商务部
2030年4月20日

国务院关税税则委员会公告2030年第2号
经国务院批准，自2030年5月1日起，对原产于某国的部分进口商品加征10%关税。
国务院关税税则委员会
2030年4月22日

财政部 税务总局公告2030年第9号 关于取消铝材出口退税的公告
自2030年6月1日起，取消铝材、铜材产品出口退税。
财政部 税务总局
2030年5月6日

海关总署公告2030年第52号 关于2030年关税调整方案执行有关事项的公告
自2030年1月1日起对稀土金属等出口商品实施暂定税率。
海关总署
2029年12月30日

海关总署公告2030年第60号 关于进口某国樱桃植物检疫要求的公告
自发布之日起，允许符合要求的樱桃进口；不符合的禁止入境。
海关总署
2030年5月8日

海关总署 农业农村部公告2030年第61号 关于防止某国口蹄疫传入我国的公告
自即日起，禁止直接或间接从该国输入偶蹄动物及其产品，停止签发检疫许可证。
海关总署 农业农村部
2030年5月9日

海关总署公告2030年第62号
经评估，决定暂停两家境外水产品注册生产企业产品进口申报，检疫要求另行公布。
海关总署
2030年5月10日

国务院任免国家工作人员
国务院决定任命某某为国家出口管制工作协调机制办公室主任，免去其原职务。
2030年5月12日

商务部关于聘任第二批出口管制兼职专家的公告
现将聘任的专家名单公布如下：甲、乙、丙等十二人。
商务部
2030年5月12日

商务部安全与管制局关于举办两用物项出口管制合规培训班的通知
定于6月3日至5日在杭州举办，请持证企业报名。
商务部安全与管制局
2030年5月14日

海关总署关于开展出口管制政策宣讲活动的公告
海关将在十个口岸城市开展宣讲，解读管控名单制度。
海关总署
2030年5月15日

商务部办公厅关于召开全国两用物项出口管制工作会议的通知
会议定于6月10日召开，研究关注名单管理工作。
商务部办公厅
2030年5月15日

国家标准委公告2030年第15号 关于批准《出口管制最终用途核查规范》等国家标准的公告
上述标准自2031年1月1日起实施。
国家标准委
2030年5月18日

商务部公告2030年第50号 关于发布《对外贸易企业合规管理 评价指标》行业标准的公告
现批准发布三项行业标准，涉及出口管制合规，自2030年8月1日起实施。
商务部
2030年5月19日

商务部行政处罚决定书〔2030〕3号
当事人未经许可出口两用物项，依据《中华人民共和国出口管制法》第三十四条，决定处以罚款120万元。
商务部
2030年5月20日

海关总署关于三起走私稀土典型案例的通报
犯罪嫌疑人伪报品名走私出口镝铁，海关决定立案侦查。
海关总署
2030年5月21日

浙江省商务厅转发商务部关于加强稀土出口管制有关工作的通知
各市商务局：现转发给你们，请认真贯彻执行。
浙江省商务厅
2030年5月22日

商务部 工业和信息化部关于表彰出口管制工作先进集体的决定
决定授予某市商务局等20个单位先进集体称号。
商务部 工业和信息化部
2030年5月25日

商务部关于2030年劳动节放假期间许可证受理安排的公告
5月1日至5日两用物项许可证申请系统照常接收材料，暂停发证。
商务部
2030年4月25日

海关总署公告2030年第66号 关于出口管制商品管理系统停机维护的公告
系统将于5月30日20时起停机升级，期间暂停受理。
海关总署
2030年5月26日

商务部2029年法治政府建设年度报告
全年发布出口管制公告二十六件，将18家实体列入管控名单。
商务部
2030年3月30日

商务部综合司关于两用物项出口情况统计调查的通知
请持证企业填报统计报表，数据仅供研究。
商务部
2030年5月27日

2030年上半年两用物项许可证签发情况快报
签发许可证若干份，同比增长，不予许可三份。
商务部
2030年7月4日

商务部新闻发言人就某国将中国企业列入实体清单答记者问
问：对此有何评论？答：中方坚决反对，将采取必要措施，坚决维护企业正当权益。

商务部新闻发言人就中欧出口管制对话答记者问
问：有何进展？答：双方同意建立出口管制对话机制，中方愿意考虑对合规申请予以便利。

商务部新闻发言人就2030年第7号公告答记者问
问：请介绍背景。答：3月4日，商务部发布公告，决定将三家实体列入出口管制管控名单，不针对正常贸易。

外交部发言人某某主持例行记者会
记者：美方宣布制裁中国炼厂。发言人：中方坚决反对非法单边制裁，将采取一切必要措施。

外交部：中方是否会对某议员采取制裁措施？
发言人表示，任何干涉中国内政的行径都会受到反制。

美国商务部将12家中国实体列入实体清单
美国商务部产业与安全局决定将12家实体列入实体清单，自公布之日起生效。

美国财政部宣布解除对某公司制裁
美国财政部海外资产控制办公室4月3日决定将某公司移出特别指定国民清单。

欧盟理事会延长对俄制裁措施至2030年9月15日
欧盟理事会决定将个人制裁延长六个月，并将三家实体列入清单。

日本经济产业省修订外国用户清单
日本经济产业省决定新增42家实体，自10月9日起实施。

英国宣布新一轮出口限制
英国政府决定禁止向某国出口半导体设备，即日起生效。

荷兰政府扩大光刻设备出口许可范围
荷兰外贸部长宣布，自4月1日起实施新的出口许可要求。

韩国产业通商资源部修订战略物资出口告示
韩方决定增加管制品目，公告之日起施行。

台湾当局将多家大陆企业列入出口管制实体名单
台湾当局经济主管部门宣布，即日起输出须经许可。国台办此前表示反对。

联合国安理会延长对也门的制裁
安理会通过决议，决定将武器禁运延长至2030年11月14日。

央视网消息：商务部发布公告将10家实体列入不可靠实体清单
据央视报道，工作机制今日决定将10家实体列入不可靠实体清单。

新华社北京电 商务部有关负责人介绍稀土出口管制情况
新华社记者从商务部获悉，有关部门将继续依法实施出口管制。

某某新材料股份有限公司关于取得两用物项出口许可证的公告
证券代码：600000 本公司董事会保证内容真实。公司收到商务部颁发的出口许可证，自2030年6月1日起有效。

某某稀土股份有限公司关于下达开采总量控制指标的公告
公司获工业和信息化部下达的指标1200吨。特此公告。
董事会
2030年6月2日

某某航运有限公司关于停靠美国港口收费的客户通知
美方港口费实施后，本公司决定调整附加费，自6月1日起执行。

某科技公司声明
本公司被错误列入某国实体清单，公司决定采取法律行动，要求移出。

出口许可证遗失声明
某公司遗失两用物项出口许可证一份，编号26-AA-1，声明作废。

北京市第四中级人民法院公告
本院受理某公司诉商务部不予许可决定一案，决定公开开庭。
2030年6月3日

最高人民法院发布涉反制裁典型案例
法院依据《反外国制裁法》判决停止执行歧视性限制措施。

国际商事仲裁中的阻断立法研究
摘要：本文分析商务部令2021年第1号的适用，认为主管部门可以发布禁令。

不可靠实体清单制度的法律思考
工作机制可以决定将外国实体列入清单，本文讨论其救济。

两用物项出口许可证办事指南
申请人登录平台提交材料，商务部自受理之日起45个工作日内作出是否许可的决定。

一图读懂2030年两用物项许可证管理目录
新目录增列若干商品，自1月1日起执行。

商务部关于关注名单的问答
问：如何申请移出关注名单？答：可以向商务部提出申请，经核实后可将其移出。

《反外国制裁法实施规定》解读
国务院有关部门可以决定将个人、组织列入反制清单。

商务部 海关总署负责人就石墨出口管制答记者问
问：是否影响供应链？答：符合规定的申请将予以许可。

中华人民共和国出口管制法
第一条 为了维护国家安全，制定本法。
第十八条 国家出口管制管理部门对违反要求的进口商建立管控名单，可以采取禁止、限制交易等措施。

不可靠实体清单规定实施办法
第一条 根据规定，制定本办法。
第九条 工作机制决定将有关外国实体列入不可靠实体清单的，应当公告。

商务部与法国财政部签署出口管制合作备忘录
双方决定建立磋商机制，自签署之日起生效。

商务部部长会见某国贸易大臣
双方就出口管制、供应链等交换意见，同意恢复磋商。

商务部通报中欧出口管制磋商情况
双方就稀土出口许可进行磋商，同意建立绿色通道。

商务部公告2030年第55号 公布第四届世界贸易组织争端解决专家名单
现公布专家名单，任期四年，涉及出口限制争端。
商务部
2030年6月6日

商务部公告2030年第56号 关于直销企业换发许可证有关事项的公告
即日起直销经营许可证统一换发。
商务部
2030年6月7日

商务部公告2030年第57号 关于拍卖行业年度核查结果的公告
现予公布，自发布之日起执行。
商务部
2030年6月8日

海关总署公告2030年第70号 关于调整进出境邮件申报项目的公告
自2030年7月1日起取消三项填报内容。
海关总署
2030年6月9日

海关总署公告2030年第71号 关于新增海关监管作业场所的公告
经核准，新增三个监管作业场所，自公布之日起启用。
海关总署
2030年6月9日

交通运输部公告2030年第18号 关于注销部分国内水路运输许可证的公告
现予注销八家企业许可证。
交通运输部
2030年6月10日

交通运输部关于开展港口安全专项检查的通知
各省交通厅：自7月1日起开展检查，严禁违规作业。
交通运输部
2030年6月10日

工业和信息化部公告2030年第20号 关于撤销第三批钢铁行业规范企业的公告
现撤销五家企业规范公告资格。
工业和信息化部
2030年6月11日

工业和信息化部关于公布稀土新材料中试平台示范名单的通知
经评审，现公布示范平台名单。
工业和信息化部
2030年6月12日

国家密码管理局公告第61号 关于商用密码检测机构资质认定结果的公告
现公布认定的检测机构，证书有效期五年。
国家密码管理局
2030年6月12日

国家网信办关于境内深度合成服务算法备案信息的公告
现公布第十批备案信息。
国家网信办
2030年6月13日

公安部关于公布第五批国家重点实验室名单的公告
现予公布。
公安部
2030年6月13日

生态环境部公告2030年第11号 关于发布《固体废物鉴别技术规范》的公告
自2030年10月1日起实施。
生态环境部
2030年6月14日

国家航天局关于征集月球样品研究合作方案的公告
诚邀国际同行提交方案。
国家航天局
2030年6月14日

国家药监局公告2030年第44号 关于暂停进口某注射液的公告
经检查，不符合药品生产质量管理要求，决定暂停进口、销售和使用。
国家药监局
2030年6月15日

中国人民银行公告〔2030〕第8号
为优化支付服务，决定延长大额支付系统运行时间，自7月1日起实施。
中国人民银行
2030年6月15日

国家税务总局公告2030年第12号 关于出口退税申报事项的公告
自2030年7月1日起简化申报资料，取消纸质单证。
国家税务总局
2030年6月16日

国家发展改革委公告2030年第6号 关于国内成品油价格调整的公告
自6月17日24时起每吨降低120元。
国家发展改革委
2030年6月17日

自然资源部公告2030年第19号 关于注销测绘资质证书的公告
决定注销三家单位测绘资质。
自然资源部
2030年6月17日

国家移民管理局公告2030年第3号 关于扩大免签入境口岸的公告
自7月1日起，新增五个口岸适用过境免签政策。
国家移民管理局
2030年6月18日

香港特别行政区政府公布施政报告咨询安排
行政长官将就施政报告听取意见。
2030年6月18日

深圳海关关于调整办公地址的公告
自7月1日起迁至新址办理出口许可业务。
深圳海关
2030年6月19日

江苏省商务厅公告2030年第3号 关于受理稀土出口许可初审的公告
自即日起受理。
江苏省商务厅
2030年6月19日

中国五矿化工进出口商会关于组织稀土企业座谈会的通知
请会员单位参加。
2030年6月20日

中国出口管制信息网改版通知
网站将于7月1日启用新域名。

商务部公告目录（2030年第一季度）
第1号 将三家实体列入管控名单；第2号 关于反倾销；第3号 关于石墨出口管制；第4号。

商务部关于公布现行有效规章目录的公告
商务部公告2030年第58号
现公布截至2030年5月31日有效的规章目录，包括《不可靠实体清单规定》。
商务部
2030年6月21日

商务部关于两用物项出口管制信息化项目的招标公告
项目预算三百万元，投标截止7月10日。
2030年6月21日

商务部2030年度公务员录用考试公告
安全与管制局招录二人。
商务部
2029年10月14日

商务部公告2030年第59号 公布2030年食糖进口关税配额再分配结果
现公布再分配结果。
商务部
2030年8月30日

商务部发布中国对外投资合作国别指南
新版指南介绍了各国出口管制与制裁制度。

专家：稀土出口管制措施依法合规
专家表示，暂停实施体现了诚意，相关措施将视情恢复。

某国议会通过法案 拟限制对华技术出口
法案规定总统可以决定将实体列入清单。

特朗普签署行政令暂停部分出口管制规则
白宫宣布，相关规则暂停一年，至2030年11月10日。

商务部：正在研究是否将某公司列入不可靠实体清单
商务部表示，有关机制正在依法调查，将根据结果作出决定。

商务部部长致辞：推动建立公平合理的出口管制多边机制
中国愿同各方加强对话，反对滥用出口管制。

国务院办公厅关于印发2030年立法工作计划的通知
拟制定出口管制法实施条例、修改反外国制裁规定。
国务院办公厅
2030年5月6日

国务院关于同意在某市开展服务业试点的批复
同意开展试点，暂停实施相关行政法规条款。
国务院
2030年5月7日
"""

ENGLISH = """
Proposed Rule: Revisions to the Entity List Petition Procedures
Bureau of Industry and Security, 15 CFR Part 744. BIS proposes to revise procedures. Comments must be received by May 4, 2030.

Advance Notice of Proposed Rulemaking on Controls for Certain Emerging Technologies
Department of Commerce, Bureau of Industry and Security, 15 CFR Part 774. BIS seeks public comments on possible export controls.

Agency Information Collection Activities; License Exceptions
Bureau of Industry and Security. The Department will submit a request under the Paperwork Reduction Act.

Regulations and Procedures Technical Advisory Committee; Notice of Partially Closed Meeting
Bureau of Industry and Security. The committee will hold a meeting on export administration on June 4, 2030.

Frequently Asked Questions on the Affiliates Rule
Bureau of Industry and Security. This guidance explains how exporters count ownership. It does not amend the EAR.

Remarks of the Under Secretary at the Update Conference
Since last year BIS has added 300 parties to the Entity List, and we are reviewing license applications.

Testimony before the Senate Banking Committee on Sanctions
OFAC has designated many persons. I look forward to your questions.

Settlement Agreement: Acme Freight Agrees to Pay a Civil Penalty for Apparent Violations
The Office of Foreign Assets Control has determined that the violations were not egregious. Enforcement Release: 4 June 2030.

Company Pleads Guilty to Exporting Controlled Items Without a License
The Department of Justice said the company shipped items subject to the EAR. BIS investigated.

Publication of Sanctions Advisory on Shipping Practices
Recent Actions 04/03/2030. OFAC is issuing an advisory on deceptive shipping practices.

Publication of Frequently Asked Questions
Recent Actions 05/03/2030. OFAC has issued two FAQs on general licenses.

Webinar: Understanding the Unverified List
Bureau of Industry and Security will hold a webinar on June 18, 2030.

Sunshine Act Meeting, FCC 30-14
Federal Communications Commission. The Commission will hold an open meeting on equipment authorization and the Covered List.

Guidance: complying with UK export control
Export Control Joint Unit. Last updated 5 May 2030. This guidance does not replace the law.

Consultation on changes to the UK strategic export licensing criteria
Department for Business and Trade. We are seeking views until 3 July 2030.

UK Strategic Export Controls Annual Report 2029
Department for Business and Trade. The report sets out licences issued and refused.

Job vacancy: licensing officer, Export Control Joint Unit
Apply by 5 June 2030. The officer will assess licence applications.

Proposal for a Council Regulation amending Regulation (EU) No 833/2014
The Commission proposes to extend the restrictive measures. Article 1: the Regulation would be amended.

Commission publishes report on the application of Regulation (EU) 2021/821
The Commission published its annual report on export control of dual-use items.

Court of Justice annuls listing of a businessman
The General Court ruled that the Council had not proved its case and the asset freeze must be lifted.

Speech by the Minister of Economy, Trade and Industry on economic security
We will strengthen export control. METI has revised the End User List in the past.

METI seeks public comments on draft amendment to the Export Trade Control Order
The Ministry of Economy, Trade and Industry has started a public comment procedure until June 30, 2030.

MOTIE holds briefing session on strategic items for exporters
The Ministry of Trade, Industry and Energy will hold a briefing on the strategic items system.

Information Note No. 9 of 2030: How to Renew a Dual-Use Licence
Ministry of Commerce. The note explains the steps. It creates no new obligation.

MOFCOM Spokesperson's Remarks on the US Entity List
China firmly opposes the move and will take necessary measures.

Announcement No. 44 of 2030: Final Ruling of the Anti-dumping Investigation on Imports of Phenol
Ministry of Commerce. Anti-dumping duties shall be imposed as of May 6, 2030.

Notice on Holding the Export Control Compliance Training
Ministry of Commerce. The training will be held in Beijing in June 2030.

China tightens rare earth export curbs, analysts say
China's Ministry of Commerce may add more elements to its control list, analysts said on Monday.

BIS adds 12 entities to the Entity List: what exporters need to know
Our lawyers explain the final rule that BIS published last week and what companies should do.

Acme Corp statement on Entity List designation
Acme has been added to the Entity List. The company will ask for removal.

Notice of Privacy Act System of Records
Department of State. The system covers debarred persons under the International Traffic in Arms Regulations.

Notice of Public Meeting of the International Telecommunication Advisory Committee
Department of State, Public Notice 12345. The meeting will discuss export licensing.

Regulatory Agenda, Spring 2030
Department of Commerce. The agenda lists export control rules under development.

Australian Sanctions Office newsletter, May 2030
We remind exporters of training on sanctions compliance.

Consultation: proposed amendments to the Defence and Strategic Goods List
Defence Export Controls is seeking comments until 1 June 2030.

Global Affairs Canada: Report on exports of military goods in 2029
The report shows permits issued and denied.

SECO information event on export control
The State Secretariat for Economic Affairs invites firms to a seminar on dual-use goods.

Final Debarment Order: Jane Roe
The Food and Drug Administration (FDA) is issuing an order under the FD&C Act debarring Jane Roe from importing drugs.

Notice of Determination: Antidumping Duty on Steel Nails
International Trade Administration, Docket No. A-570. Commerce has determined that sales were made below normal value.

Swiss Federal Council opens consultation on the Goods Control Act
The consultation on export controls lasts until 3 September 2030.
"""


def pages(text: str) -> list[str]:
    """The pages of such a text."""
    return [page.strip() for page in text.strip().split("\n\n")]
