### 通知：工作人员写、审、发，联系人收、停。

## 联系人

menu-notices = 通知设置：单条、每周汇总、不再接收
notices-mine-title = 通知设置
notices-wish-each = 现在：有通知就发给您。
notices-wish-weekly = 现在：每周一汇总成一条发给您。
notices-wish-none = 现在：不接收通知。
notices-region = 地区：{ $region }。按地区发的通知，以它为准。
notices-no-region = 还没有设地区，按地区发的通知收不到。
notices-here = 政策问答和您自己订的提醒不受影响。
notices-here-group = 这是整个群的设置。问答和提醒不受影响。
notices-wished-each = 好的，有通知就发给您。
notices-wished-weekly = 好的，每周一汇总发一次。
notices-wished-none = 好的，不再发通知。
notices-stopped = 不再给您发通知。改主意了，点下面，或随时发 /notices。
choice-wish-each = 有通知就发
choice-wish-weekly = 每周汇总
choice-wish-none = 不再接收
choice-wish-again = 恢复接收
choice-notices-region = 设地区
choice-notice-known = 已知悉
choice-notice-stop = 退订通知
notice-known = 已记录：您已知悉。
notice-known-already = 之前已经记录过了。
notice-known-not = 没有发到这里的这条通知，不用确认。

## 通知本身

notice-corrected-title = 更正：{ $title }
notice-not-translated = （这份通知只有简体中文。）
notice-by-command =
    { $asks ->
        [yes] 看过请回复 /known { $number }；不想再收通知请发 /notices。
       *[no] 不想再收通知请发 /notices。
    }

## 列表

notices-title = 通知
notices-none = 还没有通知。
notices-none-begin = 还没有通知。点“写新通知”开始，中途可以停下，草稿会留着。
notices-list =
    { $lines }

    点开一条继续。
notices-line = { $number }　{ $title }　{ $state }
notice-untitled = （无标题）
choice-notice-new = 写新通知
choice-notice = { $number } { $title }
choice-notices = 全部通知
notice-state-draft = 草稿
notice-state-listing = 正在列收件人
notice-state-waiting = 等待批准
notice-state-approved = 已批准，待发
notice-state-sending = 正在发送
notice-state-paused = 已暂停
notice-state-done = 已发完
notice-state-cancelled = 已取消

## 一条通知

notice-card-title = 通知 { $number } · { $state }
notice-card = { $lines }
notice-reason-rejected = 被退回，请修改后再提交。
notice-reason-late = 错过了发送时间一小时以上，没有发。请改时间后再提交。
notice-reason-approval-void = 批准已失效（超过 24 小时、内容有变，或有人不再有权限），没有发。请再提交。
notice-reason-audience-empty = 提交时没有符合条件的收件人。
notice-sent-back = 退回意见：{ $remark }
notice-corrects = 更正通知 { $number }：只发给收到错误内容的人。
notice-to-everybody = 对象：全部
notice-to-regions = 地区（含下级）：{ $names }
notice-to-and = { $first } · { $rest }
notice-to-platforms = 平台：{ $names }
notice-to-kinds = 类型：{ $names }
notice-to-languages = 语言：{ $names }
notice-to-roles = 角色：{ $names }
notice-to-windows = 订阅窗口：{ $names }
notice-to-themes = 订阅主题：{ $names }
notice-to-programmes = 项目：{ $names }；状态：{ $statuses }
notice-to-listed = 名单：{ $count } 个
notice-to-nobody-yet = 对象：还没有设
notice-count = { $platform }：个人 { $private }，群 { $groups }
notice-count-all = 合计 { $count }。已退订 { $unsubscribed }、已失联 { $gone }，不会发给他们。
notice-lasts = 按平台限速，全程{ $time }。
lasts-below-a-minute = 不到一分钟
lasts-minutes = 约 { $count } 分钟
lasts-hours = 约 { $count } 小时
platform-telegram = Telegram
platform-web = 网页对话
platform-terminal = 终端
notice-languages = 文字：{ $languages }。没有译文的读者看简体中文，并注明。
notice-at = 时间：{ $at }
notice-at-once = 时间：批准后立即发
notice-quiet = 免打扰：{ $start }–{ $until } 不发，过后继续
notice-unclear-resend = 送达不明的：过十分钟补发一次
notice-unclear-hold = 送达不明的：不补发，列给工作人员
notice-asks = 带“已知悉”按钮
notice-asks-not = 不带“已知悉”按钮
notice-link = 链接：{ $link }
notice-people = 起草 { $author }，最后修改 { $editor }
notice-approvals = 提交时列出收件人 { $listed }；批准 { $count }/{ $needed }

## 填写

notice-ask-title = 请发通知标题，一行，不超过 { $most } 字。
notice-ask-source = 请发简体中文正文，这一份不能少。可以加粗、带链接，也可以转发一条写好的。
notice-ask-text = 请发正文（{ $language }）。可以加粗、带链接，也可以转发一条写好的。不要这个译文，回复“无”。
notice-ask-audience =
    请发对象，一行一个条件，都要满足：
    全部
    地区：苏州、昆山
    类型：群（或 个人）
    平台：telegram、网页
    语言：英文
    项目：项目编号　再写一行 状态：submitted
    订阅窗口：3（窗口编号），或 订阅主题：主题名
    角色：审核
    名单：后面每行一个受理号，或写成 telegram:123456
notice-ask-time = 请发时间，如 明天上午9点、12月1日9:30；或回复“尽快”，批准后就发。
notice-ask-quiet = 请发免打扰时段，如 22:00-08:00；不设就回复“无”。
notice-ask-remark = 请写退回的原因，作者会看到。
notice-words-only = 这里收文字，或一张图片、一个文件（PDF、docx、xlsx、JPG、PNG，20 MB 以内）。请再发一次。
notice-ask-file = 请发或转发一张图片或一个文件（PDF、docx、xlsx、JPG、PNG，20 MB 以内）。一条通知只带一个；几份材料请合成一个 PDF，或放上链接。不带附件，回复“无”。
notice-file = 附件：{ $name }（{ $size }）
notice-file-as-file = { $platform }：图片按文件发出，读者点开才看到。
notice-file-taken = 附件已收下：{ $name }。
notice-file-not-there = { $platform }最多收 { $megabytes } MB 的文件，这个附件发不到那里。请换小一点的，或在对象里去掉这个平台。
notice-list-wrong = 看不懂这个名单。请发 .txt 或 .csv 文件，每行一个受理号，或写成 telegram:123456。
notice-title-wrong = 标题要有字，不超过 { $most } 字。请再发一次。
notice-text-wrong = 正文要有字，不超过 { $most } 字。请再发一次。
notice-link-refused = 链接只能是 https:// 开头、不带用户名的。请改这一个：{ $link }
notice-time-wrong = 看不懂这个时间。请写一个准确的时刻，如 明天上午9点、12月1日9:30；或“尽快”。
notice-time-over = { $at } 已经过了。请改个时间。
notice-time-hour = { $day }几点发？请连日期和几点一起写，如 12月1日9:30。
notice-time-which =
    这有几种读法，请写全其中一个：
    { $lines }
notice-time-one = · { $at }
notice-time-none = 没有这一天或这个钟点。请再看一下日历，写成 12月1日9:30 这样。
notice-quiet-wrong = 看不懂这个时段。请写成 22:00-08:00，或“无”。
notice-audience-wrong =
    这几行看不懂，对象没有改：
    { $lines }
    每行写“条件：内容”，如“地区：苏州”。
notice-audience-line = · { $line }
notice-rows-wrong =
    名单里有 { $count } 行不对，对象没有改（其余 { $good } 行没有问题）：
    { $lines }
    改好后请把对象再发一次。
notice-row-unreadable = 第 { $number } 行“{ $row }”：不是受理号，也不像 telegram:123456
notice-row-unknown = 第 { $number } 行“{ $row }”：没有这个人或群
notice-row-too-many = 第 { $number } 行起超过一万行，请分成几条通知
notice-no-title = 还没有标题。
notice-no-text = 还没有简体中文正文。
notice-too-long = 太长：{ $platform }一条最多 { $most }，{ $language }版有 { $length }，超出 { $over }。请缩短，细节放到链接里。
choice-notice-title = 标题
choice-notice-text-zh-CN = 正文
choice-notice-text-zh-TW = 繁体正文
choice-notice-text-en = 英文正文
choice-notice-file = 附件
choice-notice-audience = 对象
choice-notice-time = 时间
choice-notice-quiet = 免打扰
choice-notice-unclear = 送达不明时
choice-notice-asks = 已知悉按钮
choice-notice-back = 回到这条通知

## 预览、提交、批准

notice-preview =
    上面就是读者看到的样子，按钮在预览里不起作用。
    { $lines }
notice-fits = { $platform }：{ $length }/{ $most }，一条发完
notice-fits-not = { $platform }：{ $length }/{ $most }，太长，提交前请缩短
notice-submit =
    请再核对一遍，提交后由另一位同事批准：
    { $lines }
notice-submitted = 已提交。收件人列好后，审核的同事会收到消息。在那之前可以随时改，改了要重新提交。
notice-submitted-alone = 已提交。本单位设为单人办公，不需要批准。
notice-waits = 通知 { $number }《{ $title }》等待批准，收件人 { $count }。请点开，或发 /compose 查看。
notice-approve-later = 批准只在 24 小时内有效。请在 { $at } 之后再批准。
notice-approved = 已批准，到时间就发。
notice-approved-more = 已批准。收件人超过一万，还需要 { $count } 位同事批准。
notice-rejected = 已退回给作者。
notice-discarded = 通知 { $number } 已作废。
notice-audience-unsaid = 还没有设对象。要发给所有人，请在对象里写“全部”。
notice-audience-empty = 没有符合条件的收件人。请换个条件。
notice-enough-today = 您今天已经提交了 { $most } 条，明天再发；急的请另一位同事提交。
notice-own = 自己写的、改过的或提交的通知，要由另一位同事批准。
notice-not-allowed = 您的账号没有这项权限。需要的话，请找负责人。
notice-not-there = 没有这条通知。
notice-stale = 这条通知刚被改过，请打开看看现在的样子。
notice-wrong-move = 现在做不了这一步，请打开看看它到了哪一步。
choice-notice-submit = 提交审批
choice-notice-submit-sure = 确认提交（{ $count } 个收件人）
choice-notice-approve = 批准
choice-notice-reject = 退回
choice-notice-preview = 预览，发给自己
choice-notice-withdraw = 撤回修改
choice-notice-discard = 作废
choice-notice-look = 去看看
choice-notice-pause = 暂停
choice-notice-resume = 继续
choice-notice-cancel = 取消发送

## 发送中

notice-told = 通知 { $number }《{ $title }》
notice-now-sending = 正在发送。
notice-now-paused = 已暂停，没有再发。
notice-now-done = 已发完。
notice-now-cancelled = 已取消，剩下的不再发。
notice-paused-by-staff = 由工作人员暂停。
notice-paused-because = 出错太多，自动暂停：{ $reason }。请看一看，没问题再继续。
notice-paused-first = 前 { $begun } 条里有 { $failed } 条失败，已自动暂停：{ $reason }。请看一看，没问题再继续。
notice-paused-format = 消息本身有问题，谁也收不到，已自动暂停：{ $reason }。请取消，改好后另发一条。
notice-figures =
    应发 { $all }，已到 { $sent }，还有 { $waiting }
    对方已停用 { $unreachable }，失败 { $failed }，送达不明 { $unknown }
    已退订或离开 { $skipped }，等每周汇总 { $weekly }，取消 { $cancelled }
notice-cancel-ask = 要取消通知 { $number } 吗？已经发出的收不回，剩下的不再发，也不能恢复。
choice-notice-cancel-sure = 确认取消

## 之后

notices-week-title = 本周通知汇总（{ $count } 条）
notices-week-stop = 改成单条或不再接收：/notices
notice-code = 通知 { $number } 的命令行批准码，十分钟内用一次：{ $code }
notice-code-wrong = 批准码不对、用过或已过期。请审核的同事在私聊里重新取一个。
notice-correct = 更正通知 { $number }：只发给收到错误内容的人；平台能改原消息的，就改原消息。
notice-report = { $report }
choice-notice-code = 命令行批准码
choice-notice-report = 到达情况
choice-notice-correct = 更正
report-seen = 已知悉 { $count }
report-by-platform = 按平台
report-by-region = 按地区
report-no-region = （未设地区）
report-reasons = 没有送到的原因
report-over-time = 按时间
report-row = · { $name }：{ $sent }/{ $due }
report-reason = · { $fate } { $count }：{ $reason }
report-time = · { $at } 起 { $count }
fate-sent = 已到
fate-unreachable = 对方已停用
fate-failed = 失败
fate-unknown = 送达不明
fate-cancelled = 已取消
fate-skipped = 已退订或离开
fate-weekly = 等每周汇总
fate-queued = 在发送中
fate-due = 未发
ledger-number = 序号
ledger-platform = 平台
ledger-chat = 会话
ledger-kind = 类型
ledger-region = 地区
ledger-fate = 结果
ledger-reason = 原因
ledger-at = 时间
ledger-seen = 已知悉
ledger-language = 文字
ledger-group = 群
ledger-private = 个人
