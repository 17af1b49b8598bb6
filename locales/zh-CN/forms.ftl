# 申报对话里的词句。每句都有下一步

## 没有接受回答的原因

refused-empty = 这里还没有内容，请再发一次。
refused-required = 这一题要填，不能跳过。手头没有，可以回复“稍后”，已填的都会留着。
refused-too-long = 太长了，请缩短到 { $most } 个字以内。
refused-too-short = 太短了，至少要 { $least } 个字。
refused-file-unwanted = 这一题要文字，不用发文件。
refused-file-wanted = 请发文件：点附件，选文件或拍照都可以。
refused-files-most = 最多 { $most } 个文件。可以合成一个 PDF 再发。
refused-file-type = 这种文件打不开，请换成：{ $accept }。
refused-file-large = 文件太大，请压缩到 { $most } MB 以内。
refused-file-empty = 文件是空的，请重新选一个。
refused-company = 请写全称，与执照一致。
refused-company-short = “{ $given }”像是简称。请写全称，与执照或证书一致，如带“有限公司”“大学”“研究院”的名称。
refused-name = 请写姓名，中文 2 到 20 个字，或拉丁字母。
refused-email = 邮箱写得不对，看看是不是少了 @ 或后缀。
refused-number = 请写一个整数。
refused-number-range = 请写 { $least } 到 { $most } 之间的整数。
refused-percent = 请写 0 到 100 之间的百分数。
refused-money = 没看懂金额，请写数字和单位。
refused-money-large = “{ $given }”超过 100 亿元，是不是多写了零？请再写一次。
refused-money-unit = “{ $given }”按万元算超过 100 亿元，您是不是想写元？请连单位一起写。
refused-money-cents = 金额最多到分，请再写一次。
refused-yes-no = 请点选，或回答“是”或“否”。
refused-confirm = 同意才能继续；不同意可以随时退出。
refused-choice = 请从选项里选。
refused-date = 没看懂日期，请写年月日。
refused-date-early = { $given }早于{ $begun }，请核对后再写一次。
refused-nice = 请写 1 到 45 的类别号，多个用逗号隔开。
refused-region = 没找到这个地方，请写区县全称。
refused-region-outside = 这个地方不在本项目的地区范围内，请换一个；不确定可以问工作人员。
refused-rows-most = 最多 { $most } 行，请删减后再发。
refused-row-cells = 第 { $row } 行应有 { $columns } 项，用逗号隔开。请改好后把这一条重发。
refused-row = 第 { $row } 行的“{ $column }”：{ $reason }
refused-uscc-none = 这里要填统一社会信用代码，18 位数字和字母。
refused-uscc-length = 应为 18 位，您写的是 { $count } 位。
refused-uscc-letter = 代码里没有字母 { $letter }，看看是不是 0、1、2、5 看成了字母。
refused-uscc-shape = 第 3 到 8 位应是数字，请对照执照再写一次。
refused-uscc-check = 校验码对不上，可能有一位写错了，请对照执照再写一次。
refused-identity = 身份证号不对，请核对 18 位号码。
refused-patent-shape = 专利号是 8 位或 12 位数字加一位校验码。
refused-patent-check = 校验位对不上，可能有一位写错了，请对照证书再写一次。
refused-pct = 请写 PCT 国际申请号。
refused-trademark = 请写商标注册号，最多 8 位数字。
refused-madrid = 请写 6 或 7 位的国际注册号。
refused-ipc = 请写 IPC 分类号。
refused-software = 请写软著登记号。
refused-right = 没认出这个权利编号，请写专利号、商标注册号或登记号。
refused-mobile = 请写 11 位的中国大陆手机号。
refused-phone = 请写区号和号码。
refused-postcode = 邮编是 6 位数字。

## 例子

example-name = 张敏
example-company = 苏州某某科技有限公司
example-address = 苏州市吴江区某某路 1 号
example-email = name@example.com
example-number = 12
example-percent = 60%
example-money = 500万元，或 5,000,000元
example-date = 2026-03-01
example-region = 吴江区
example-nice = 9, 35, 42
example-uscc = 91350100M000100Y43
example-patent = ZL201710601862.3
example-application = 201710601862.3
example-pct = PCT/CN2024/123456
example-trademark = 12345678
example-madrid = 1234567
example-ipc = H04L9/32
example-software = 2024SR0123456
example-right = ZL201710601862.3
example-mobile = 13800138000
example-phone = 0512-65221234
example-postcode = 215000

## 申报条件

form-title = { $name }
form-draft = 提示：{ $note }
form-overview = 先看条件。下面几条都符合吗？
form-condition-line = · { $condition }
form-condition = 条件 { $number } / { $of }：{ $condition }
form-condition-source = 出处：{ $publisher }，{ $date }
form-condition-source-undated = 出处：{ $publisher }，未注明日期
form-condition-sources = 出处：{ $publisher }等 { $count } 处
form-condition-draft = 这一条公开渠道无法核实，以当年通知为准。
form-condition-fits = 您符合吗？
form-may = 按您的回答，符合目前收录的条件。最终以主办方审核为准。
form-open = 没有发现不符合的条件，但有几条无法核实：
form-may-not = 按您的回答，有条件不符合：
form-may-not-next = 可以继续填写，由工作人员判断；也可以先退出。
form-short = · 不符合：{ $condition }
form-short-least = · 不符合：{ $condition }。要求不少于 { $limit }{ $unit }，您填的是 { $given }{ $unit }。
form-short-most = · 不符合：{ $condition }。要求不超过 { $limit }{ $unit }，您填的是 { $given }{ $unit }。
form-short-below = · 不符合：{ $condition }。要求低于 { $limit }，您填的是 { $given }。
form-unsure = · 您不确定：{ $condition }
form-unverified = · 公开渠道无法核实，以当年通知为准：{ $condition }
choice-all-fit = 都符合
choice-one-by-one = 逐条看
choice-fits = 符合
choice-fails = 不符合
choice-unsure = 不确定
choice-go-on = 继续填写
choice-restart = 重新开始

## 个人信息与已有资料

form-consent-ask = 同意后开始填写。
choice-agree = 同意并开始
form-offer = 这些以前填过，还对吗？
choice-take-all = 都对，直接用
choice-decline = 重新填

## 提问

form-ask = { $number } / { $of }　{ $label }
form-ask-round = { $number } / { $of }　第 { $round } 轮：{ $label }
form-optional = 可以不填。
form-example = 例如：{ $example }
form-money-unit = 不写单位按万元算。
form-files = 可以发：{ $accept }，最多 { $most } 个。
form-files-not-here = 这里还不能发文件，请选“交纸质材料”。
form-rows = 每行一条，一次可以发多行；发完回复“完成”。
form-choices = 可以多选，选好后点“完成”。
form-pieces = 已收到：{ $given }
form-kept = 现在填的是：{ $given }
form-known = 以前填的是：{ $given }
form-reason = 需要补正：{ $reason }
form-why = { $label }：{ $why }
form-why-usual = 这一项按惯例列出，以主办方当年的表格为准。
choice-yes = 是
choice-no = 否
choice-done = 完成
choice-keep = 保持不变
choice-take = 用以前的
choice-skip = 跳过
choice-step-back = 上一步
choice-why = 为什么问
choice-later = 稍后再填
choice-cancel = 取消
form-chosen = ✓ { $option }

## 填好的内容

form-summary = 都填好了。请核对，没问题就提交：
form-line = { $number }. { $label }：{ $given }
form-line-round = { $number }. { $label }（{ $round }）：{ $given }
form-skipped = 未填
form-aside = 另有 { $count } 项以前填的内容与现在的选择无关，已收起，不会提交。
form-summary-next = 要改哪一项，回复序号或点“修改”。
form-pick-edit = 要改哪一项？
choice-submit = 提交
choice-change = 修改
choice-to-summary = 回到核对
form-money-wan = { $amount } 万元
form-money-yuan = { $amount } 元
form-percent = { $amount }%
form-list = { $first }、{ $rest }
form-cells = { $first } / { $rest }
form-lines = { $first }；{ $rest }
form-masked = 尾号 { $last }

## 中途的事

form-stale = 这是前面的选项，没有改动。现在请看这一题：
form-unneeded = 请从下面选一个。要先办别的事，回复“稍后”，填的内容会留着；不办了，回复“取消”。
form-between = 申报还停在这里，接着来：
form-nothing-before = 前面没有问题了。
form-moved = 因为您的修改：{ $count } 项内容暂时用不上，已收起；改回来会自动恢复。
form-returned = 以前填过的已恢复：{ $labels }
form-changed = 申报内容有更新。您填的都保留着。
form-changed-aside = 不再需要的 { $count } 项已收起。
form-changed-added = 新增要填：{ $labels }
form-saved = 好的，已保存。回复“继续”随时接着填。
form-saved-blank = 好的，先不填，还没有填过内容。想填的时候回复“继续”。
form-cancelled = 已退出，填的内容还保留着。回复“继续”接着填；不要了可以删除。
form-cancelled-blank = 已退出，还没有填过内容。想填的时候回复“继续”；不要了可以删除。
form-discarded = 草稿已删除。
form-submitted = 已于 { $at } 提交。有补正或结果会在这里通知您。
choice-resume = 继续填写
choice-discard = 删除草稿
form-purpose-eligibility = 先看条件，免得填完才发现不符合。拿不准就“逐条看”，每条都有出处；这一步不留单位信息。
form-purpose-verdict = 有条件没有满足。您可以先不申报，也可以继续填，最终由主办方审核。
form-purpose-consent = 下面要填单位和联系人的信息，要先得到您的同意；不同意也可以照常查政策。
form-purpose-offer = 这些是您以前填过的，用上可以少填几题；不用就一题一题填。
form-purpose-summary = 提交前请核对一遍，哪项不对就改哪项；提交以后工作人员才看得到。
