# 申报窗口、订阅、提醒。先说到什么时候、还有几个工作日，再说做什么。

## 窗口一览

windows-open-title = 正在申报
windows-list = { $lines }
windows-open = · { $title }：{ $closes }截止，{ $left }
windows-not-yet = · { $title }：{ $opens }开始，{ $closes }截止，{ $left }
windows-expected = · { $title }：往年有过，今年的时间还没有公布
windows-hints-title = 往年的时间（不是今年的通知）
windows-hint = · { $name }，上次是 { $year } 年：{ $seen }
windows-hints-note = 往年的时间只供准备材料时参考，今年以当年通知为准。通知出来后，订阅的人会收到消息。
hint-title = { $name }（{ $organiser }）
hint-past =
    { $round }：{ $seen } { $note }
    见：{ $source }
seen-day = { $on }
seen-both = { $opens } 至 { $closes }
seen-closes = { $closes } 截止
seen-opens = { $opens } 开始，截止日未见
seen-nothing = 起止日未见
choice-hints = 往年的时间
choice-subscribe = 订阅提醒
choice-subscribe-this = 订阅这个
choice-subscriptions = 我的订阅
menu-subscribe = 订阅申报提醒：后面可写地区或项目
menu-subscriptions = 查看、修改、退订提醒

## 日期与工作日

moment = { $on }（{ $weekday }）{ $at }
moment-day = { $on }（{ $weekday }）
weekday-short-1 = 周一
weekday-short-2 = 周二
weekday-short-3 = 周三
weekday-short-4 = 周四
weekday-short-5 = 周五
weekday-short-6 = 周六
weekday-short-7 = 周日
left-days = 还有 { $count } 个工作日
left-days-estimated = 还有约 { $count } 个工作日（按周末推算，待国办通知）
left-no-workday = 截止前没有工作日了，请今天办
left-today = 今天截止
left-over = 已截止

## 一个窗口

window-title = { $title }
window-standing = { $status } · 来源级别 { $grade }
window-dates = { $lines }
window-opens = 开始：{ $on }
window-closes = 截止（{ $level }）：{ $closes }，{ $left }
window-closed = 原定截止（{ $level }）：{ $closes }
window-who = 谁可以报：{ $who }
window-prepare =
    要准备：
    { $list }
window-note = 说明：{ $note }
window-source = 依据：{ $publisher }，{ $document }，{ $on }
window-source-link = 依据：{ $publisher }，{ $document }，{ $on } { $link }
window-number = 编号 { $id }。延期 /extend { $id }，更正 /correct { $id }，撤回 /withdraw { $id }，后面写上内容。
window-unknown = 没有编号为 { $id } 的窗口。看看现在有哪些：/windows
level-company = 企业内部
level-county = 区县
level-city = 市
level-province = 省
level-nation = 国家
status-expected = 预计会有，尚未公布
status-announced = 已公布
status-extended = 已延期
status-closed = 已截止
status-cancelled = 已取消
choice-calendar = 加到日历
choice-clause = 看政策条款
choice-window = 看详情

## 提醒

reminder-deadline = { $title }：{ $closes }截止（{ $level }），{ $left }
reminder-internal = { $title }：您自定的截止日是{ $closes }，{ $left }
reminder-opens = { $title }：今天开始，{ $closes }截止
reminder-news = 新通知：{ $title }
reminder-changed = 有变动：{ $title }
reminder-several = 今天有 { $count } 件事
reminder-late = 这条提醒晚到了，原定 { $due }，因服务中断未能按时发出。
reminder-outdated = 这条提醒已更新，见下面最新的一条。
change-status = 状态：{ $old } → { $new }
change-opens = 开始：{ $old } → { $new }
change-closes = 截止（{ $level }）：{ $old } → { $new }
change-closes-new = 截止（{ $level }）：{ $new }
change-who = 对象：{ $old } → { $new }
change-prepare = 材料：{ $old } → { $new }
change-title = 名称：{ $old } → { $new }
change-nothing = 未定
choice-reminder-done = 已办
choice-reminder-later = 稍后提醒
choice-apply-now = 开始申报
choice-stop = 退订
choice-undo = 还没办，继续提醒
done = 好，“{ $title }”不再提醒。
undone = 好，“{ $title }”继续提醒。
done-note = 已记下
later-ask = 什么时候再提醒？
later-tomorrow = 明早
later-workday = 下个工作日
later-three-days = 3 天后
later = 好，“{ $title }”{ $at }再提醒。
later-note = 已记下
later-too-late = 那时已经截止了。请选早一点的时间，或现在就办。

## 订阅

subscribe-ask = 想订阅什么？也可以直接写，例如“/subscribe 苏州”。
subscribe-ask-region = 哪个地区？会收到这里和上级（省、国家）的申报窗口。
subscribe-ask-programme = 哪个项目？
subscribe-ask-theme = 哪个主题？
subscribe-unknown = 没找到“{ $name }”。请写地区、项目或主题，或从下面选：
subscribe-admins-only = 群里的订阅由群管理员设置。您可以私聊我，给自己订阅。
choice-about-region = 按地区
choice-about-programme = 按项目
choice-about-theme = 按主题
choice-about-week = 宣传周每日预告
about-window = 窗口：{ $name }
about-programme = 项目：{ $name }
about-theme = 主题：{ $name }
about-region = 地区：{ $name }
about-week = 每日预告：{ $name }
subscribed = 已订阅 { $name }。开始当天和截止前 { $ladder } 个工作日提醒；有变动也会告诉您。
subscribed-week = 已订阅 { $name }。宣传周期间每天最多一条。
subscribed-note = 已订阅
preview =
    接下来的提醒：
    { $lines }
preview-line = · { $at } { $what }
preview-opening = 开始：{ $title }
preview-deadline = 截止前：{ $title }
preview-internal = 自定截止日前：{ $title }
preview-snooze = 再提醒：{ $title }
preview-change = 变动：{ $title }
preview-nothing = 目前没有可提醒的窗口；通知一录入，就会告诉您。
subscriptions-title = 我的订阅
subscriptions-line = { $number }. { $name }
subscriptions-none = 还没有订阅。
subscription-title = { $name }
subscription-gone = 这个订阅已经退了。看看现有的：/subscriptions
subscription-ladder = 截止前 { $ladder } 个工作日
subscription-at = 每天 { $at } 提醒
subscription-quiet = 免打扰：{ $start } 至 { $until }
subscription-loud = 不设免打扰
subscription-internal = 自定截止日：{ $on }
subscription-typed = 也可以直接写，例如“/subscriptions 1 10,5,2 8:30”：第 1 个订阅，提前 10、5、2 个工作日，8:30 提醒。
list-separator = 、
choice-ladder = 提前几天
choice-at = 几点提醒
choice-quiet = 夜里不打扰
choice-loud = 取消免打扰
choice-internal = 自定截止日
choice-feed = 日历订阅地址
choice-invite = 加一位同事
choice-again = 重新订阅
choice-join = 同意，订阅
adjust-ladder = 截止前几个工作日提醒？
adjust-at = 每天几点提醒？
adjust-internal = 单位内部什么时候截止？提醒会按这一天算。
adjust-days = 提前 { $ladder } 天
adjust-time = { $at }
adjust-day = { $on }
adjust-how = 请写序号和要改的内容，例如“/subscriptions 1 10,5,2 8:30”。
adjust-ladder-long = 最多 { $most } 次提醒，最早提前 { $furthest } 个工作日。请少写几个。
adjust-internal-window = 自定截止日只能用在单个窗口的订阅上。
adjust-internal-late = { $on } 不行：要早于正式截止日，也不能已经过去。
adjusted = 已改好
unsubscribed = 已退订 { $name }。
unsubscribed-still = “{ $title }”还会因为“{ $name }”提醒您。
choice-stop-too = 那个也退订
unsubscribed-note = 已退订
invite = 请同事私聊我，发送下面这一行，就能收到“{ $name }”的提醒。7 天内有效，由同事自己确认。
invite-code = /subscriptions join { $code }
invite-unknown = 这个邀请已失效，或不能在群里用。请同事再发一个，并私聊我。
join-ask = 同事邀请您订阅 { $name }。同意后您会收到同样的提醒，随时可以退订。

## 录入窗口

staff-only = 录入和修改窗口要有“编辑”角色，并且要私聊我。
publish-how = 照通知一行写一项，写在 /publish 后面；没有的行可以删掉。一行写不下也可以用竖线隔开。
publish-pattern =
    /publish
    名称：第27届中国专利奖申报
    项目：中国专利奖
    开始：2027-03-01
    截止 区县：2027-03-15 17:00
    截止 市：2027-03-20
    对象：专利权人
    材料：申报书；专利权属证明
    发布机关：国家知识产权局
    文件：通知的标题或文号
    发布日期：2027-02-26
    级别：A
extend-how = 请写窗口编号、新的截止日和延期通知，例如“/extend 3 | 截止 市：2027-03-27 | 文件：延期通知 | 发布日期：2027-03-18”。
correct-how = 请写窗口编号和要改的项，例如“/correct 3 | 对象：专利权人”。
withdraw-how = 请写窗口编号和原因，例如“/withdraw 3 通知已撤回”。
confirm-ask = 请核对。确认后会告诉 { $count } 个订阅的会话。
choice-confirm-publish = 发布
choice-confirm-extend = 确认延期
choice-confirm-correct = 确认更正
choice-confirm-cancel = 确认取消
choice-leave = 先不发
confirmed-publish = “{ $title }”已发布，正在通知订阅的人。
confirmed-extend = “{ $title }”已延期，正在通知订阅的人。
confirmed-correct = “{ $title }”已更正，受影响的人会收到新旧对照。
confirmed-cancel = “{ $title }”已取消，正在通知订阅的人。
draft-refused = 还不能发布：
draft-line = 第 { $line } 行：{ $problem }
draft-field-unknown = 不认识“{ $field }”。每行写成“名称：内容”。
draft-place-unknown = 不认识地区“{ $name }”。
draft-theme-unknown = 不认识主题“{ $name }”。
draft-programme-unknown = 不认识项目“{ $name }”。新项目可以不写这一行。
draft-level-unknown = 不认识“{ $level }”。级别写：企业内部、区县、市、省、国家。
draft-clause-unknown = 没有编号为“{ $name }”的条款。
draft-no-date = “{ $value }”里没有日期。请写成 2027-03-20。
draft-date-impossible = 没有 { $value } 这一天。
draft-time-impossible = 没有 { $value } 这个时间。请写成 17:00 这样。
window-title-missing = 缺名称。
window-source-missing = 缺来源：发布机关和文件都要写。没有来源的窗口不能发布。
window-end-missing = 缺截止日。
window-grade-unknown = 来源级别写 A、B 或 C，不能是“{ $grade }”。
window-link-plain = 网址要以 https:// 开头。
window-too-long = 太长了，每项不超过 { $most } 个字。
window-closes-before = { $level }截止日 { $closes } 早于开始日 { $opens }。
window-levels-crossed = { $lower }的截止日 { $first } 晚于{ $upper }的 { $second }；应当逐级往后。
window-changed-meanwhile = 有人刚刚改过这个窗口，您的改动没有保存。请看一下最新内容再改。
extend-cancelled = 这个窗口已取消，不能延期。请重新发布。
extend-source-missing = 缺延期的依据：请写延期通知的文件和发布日期。
extend-nothing = 没有写新的截止日。
extend-no-level = 原来没有{ $level }的截止日。请用 /correct 补上。
extend-not-later = { $wanted } 不比原来的 { $closes } 晚。提前请用 /correct。
extend-past = { $wanted } 已经过去了。请核对日期。

## 宣传周

week-title = 宣传周今日活动，{ $on }
week-lines = { $lines }
week-line = · { $at } { $title }{ $where }（{ $organiser }）
week-line-day = · { $title }{ $where }（{ $organiser }）
week-where = ，{ $venue }
week-field-missing = 缺{ $field }。
week-ends-before = 结束时间 { $until } 不晚于开始时间 { $at }。
field-title = 名称
field-organiser = 主办单位
field-source = 来源
choice-register = 报名：{ $title }
choice-week = 看这一天

## 自己的提醒

own-due = 提醒您：{ $words }
choice-own-stop = 不再提醒
remind-how = 请先写时间，再写事情，例如“/remind 明天上午九点 交年费”“/remind 每周一早上8点半 例会”。
remind-unclear = 没看懂时间。
remind-which = 您指的是哪个时间？
remind-no-such-day = 没有“{ $spelled }”这个时间，请核对。
remind-past = “{ $spelled }”已经过去了。请写以后的时间。
remind-over = 那是{ $at }，已经过去了。请写清哪天几点，例如“明天上午九点 { $words }”。
remind-of-what = 提醒您做什么？请连时间一起写，例如“明天上午九点提醒我交年费”。
remind-long = 太长了，请不超过 { $most } 个字。
remind-many = 已经有 { $most } 条提醒了，再多就看不过来了。请先取消几条：/reminders
remind-kept = 好，{ $at }提醒您：{ $words }
remind-kept-again = 好，会一直提醒您：{ $words }。下一次是 { $at }。
remind-late = { $at }（会尽快发）
remind-again = 重复，下一次 { $at }
reminders-title = 我的提醒
reminders-none = 还没有自己的提醒。
choice-own-list = 我的提醒
choice-own-cancel = 取消：{ $words }
choice-own-cancel-at = 取消：{ $at } { $words }
own-stopped = 已取消：{ $words }
own-of-another = 群里的提醒只能由设置的人或群管理员取消。
menu-remind = 提醒我：后面写时间和事情
menu-reminders = 我的提醒：查看、取消

## 日历

ics-opens = 开始申报：{ $title }
ics-closes = 截止：{ $title }（{ $level }）
feed = { $name }的日历订阅地址（只给您自己用；再点一次会换新地址，旧的作废）：
feed-address = { $address }
feed-private = 日历地址请私聊我领取。
feed-none = 这里还没有对外的网址，暂时不能订阅日历。请联系工作人员。
