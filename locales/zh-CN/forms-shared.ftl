# 几个项目共用的问题、用途、状态

## 问题

field-org-name = 申报单位名称
field-uscc = 统一社会信用代码
field-district = 所属区县或开发区
field-address = 通讯地址
field-postcode = 邮编
field-contact-name = 联系人
field-contact-mobile = 手机
field-contact-phone = 办公电话
field-contact-email = 电子邮箱
field-legal-rep = 法定代表人
field-org-type = 主体类型
field-org-type-enterprise = 企业
field-org-type-university = 高校
field-org-type-institute = 科研院所
field-org-type-public-body = 事业单位
field-patent-no = 专利号
field-patent-title = 专利名称
field-patentee = 专利权人（多个用顿号隔开）
field-inventor = 发明人或设计人（多个用顿号隔开）
field-grant-date = 授权公告日（不是申请日）
field-recommender = 推荐单位
field-recommender-example = 苏州市市场监督管理局
field-sensitive-consent = 同意提供下一题的敏感个人信息吗（不同意也能继续，这部分可线下递交）
field-ip-team = 知识产权管理团队（人数、负责人）
field-ip-team-example = 5 人，负责人张敏
field-researchers = 研发人员数
field-fee-reduced = 已办费减备案吗
field-id-no = 身份证件号
field-licence = 营业执照或法人证书（盖章扫描件）
field-application-form = 申报书或申请表
field-grant-text = 授权公告文本

## 为什么问

why-identify = 用来确认申报的是谁，与登记信息核对。
why-region = 决定由哪个地区受理，也用来核对地区条件。
why-contact = 审核中需要补正或通知结果时，用来联系您。
why-right = 用来核对权利是否有效、归谁所有。
why-eligible = 用来核对申报条件。
why-review = 评审时要看这部分内容。
why-amount = 用来核算可支持的金额。
why-pay = 通过后用来拨付资金。
why-prove = 用来证明前面所填的内容。
why-aid = 用来判断能提供哪些援助、由谁办理。
why-sensitive = 敏感个人信息需要您单独同意才能收集。

## 计量单位

unit-patent = 件
unit-person = 人
unit-month = 个月
unit-year = 年
unit-project = 项

## 个人信息告知

consent-v1 = 填写前请看：您填的单位和联系人信息只用于办理这项申报，由本单位和审核部门的工作人员查看，加密保存。您可以随时查看、更正、撤回或要求删除。不同意也可以照常查政策。

## 申报状态

status-submitted = 已提交，待受理
status-correction = 待补正
status-rejected = 不予受理
status-withdrawn = 已撤回
status-terminated = 已终止
status-accepted = 已受理
status-district-review = 区县审核
status-district-recommended = 区县推荐
status-city-preview = 设区市专家预审
status-city-review = 市局审核
status-city-recommended = 市局推荐
status-province-recommended = 省局推荐
status-selection = 推荐单位遴选
status-publicity-before = 推荐前公示
status-reported = 已报送
status-credit-check = 信用核查
status-formal-review = 形式审查
status-first-review = 初评
status-expert-review = 专家评审
status-committee = 评审委员会评审
status-province-review = 省级评审
status-verification = 部门核实
status-publicity = 公示
status-objection = 异议处理
status-decision = 审定公布
status-approved = 已通过
status-not-approved = 未入选
status-awarded = 已颁奖
status-paid = 资金已拨付
status-mid-check = 中期检查
status-accept-check = 验收
status-registered = 已登记
status-handling = 办理中
status-answered = 已答复
status-archived = 已归档
status-filed = 备案通过
status-creation = 确定创建对象
