# 工作人员的事：工作日表、宣传周日程、服务中断后的提醒。

## 工作日

alert-workdays = { $year } 年的工作日表还没有录入，现在按周末推算，和实际放假会有出入。国务院办公厅的放假通知发布后，请发送 /workdays 录入。
choice-workdays = 录入工作日
workdays-known = 已有 { $first } 至 { $last } 年的工作日表。
workdays-how = 国务院办公厅的放假通知发布后，照下面的样子写在 /workdays 后面：第一行写年份，每个节日一行，再写调休上班的日子和通知。已有的年份重新写一遍，就是更正。下面的日期只是格式，请照通知填写。
workdays-pattern =
    /workdays { $year }
    元旦：{ $year }-01-01 至 { $year }-01-03
    春节：{ $year }-02-05 至 { $year }-02-11
    清明节：{ $year }-04-03 至 { $year }-04-05
    劳动节：{ $year }-05-01 至 { $year }-05-05
    端午节：{ $year }-06-09 至 { $year }-06-11
    中秋节：{ $year }-09-15 至 { $year }-09-17
    国庆节：{ $year }-10-01 至 { $year }-10-07
    上班：{ $year }-02-14；{ $year }-10-09
    发布机关：国务院办公厅
    文件：通知的标题或文号
    发布日期：{ $before }-11-04
workdays-refused = 还不能录入：
workdays-year = 第一行请只写年份，例如“/workdays 2027”。
workdays-festival-unknown = 不认识“{ $name }”。请写：元旦、春节、清明节、劳动节、端午节、中秋节、国庆节，或上班、发布机关、文件、发布日期。
workdays-empty = 没有写放假的日子。
workdays-backwards = { $first } 晚于 { $last }，请核对。
workdays-other-year = { $day } 不属于 { $year } 年的安排，请核对。
workdays-both = { $day } 又放假又上班，请核对。
workdays-plain = { $day } 本来就是工作日，不用写在“上班”里。请核对是不是写错了。
workdays-source-missing = 缺来源：发布机关和文件都要写。没有来源的工作日表不能用。
workdays-dated-missing = 缺发布日期。
workdays-title = { $year } 年工作日表
workdays-break = · { $festival }：{ $first } 至 { $last }，共 { $days } 天
workdays-worked =
    周末上班：
    { $list }
workdays-worked-day = · { $day }
workdays-confirm-ask = 请对照通知核对。确认后，没截止的窗口都按这张表重新计算提醒。
choice-workdays-confirm = 确认录入
workdays-confirmed = { $year } 年的工作日表已录入，提醒正在按它重新计算。
festival-new-year = 元旦
festival-spring = 春节
festival-qingming = 清明节
festival-labour = 劳动节
festival-dragon-boat = 端午节
festival-mid-autumn = 中秋节
festival-national = 国庆节

## 宣传周日程

menu-week = 宣传周日程
week-programme = { $year } 年全国知识产权宣传周日程
week-when = { $opens }至{ $closes }。
week-none = 日程还没有录入。订阅“宣传周每日预告”，有安排的那天早上会收到。
week-day-line = { $on } { $line }
week-numbered = 【{ $number }】{ $line }
week-how = 录入日程：写在 /week 后面，一行一场，各项用竖线隔开；没有的项留空。前面写上编号，就是更正那一场。
week-pattern =
    /week
    { $year }-04-20 | 09:30-11:00 | 开幕式 | 苏州图书馆 | 市知识产权局 | 活动安排的文件 | https://报名网址
week-refused = 还不能录入：
week-unknown = 没有编号为 { $number } 的活动。
week-outside = 注意：{ $on } 不在宣传周（4 月 20 日至 26 日）之内，不会出现在每日预告里。
week-check = 请核对这 { $count } 场活动
choice-week-confirm = 确认录入
week-confirmed = 已录入 { $count } 场。订阅的人当天早上收到预告，一天最多一条；日历里的条目会自动更新。
choice-week-off = 取消：{ $title }
week-taken-off = 已取消“{ $title }”。还没发出的预告里不再有它。
choice-programme = 宣传周日程

## 服务中断后

alert-catchup = 服务中断过，有 { $count } 条提醒晚了，已先留住，没有发。请发送 /catchup 看一看，再决定发不发。
choice-catchup = 看一看
catchup-title = { $at } 发现有 { $count } 条提醒晚了
catchup-window = · { $title }：{ $count } 条，最早的原定 { $at }
catchup-week = · 宣传周每日预告：{ $count } 条，最早的原定 { $at }
catchup-own = · 大家自己的提醒：{ $count } 条，最早的原定 { $at }
catchup-means = 发出时会写明晚到和原定时间；已经截止的、被更新的提醒顶替的，不会再发。不发，就都作废。
choice-catchup-send = 发出
choice-catchup-drop = 都不发
catchup-none = 没有留住的提醒，都正常。
catchup-decided-already = 已经有人处理过了。
catchup-sent = 好，{ $count } 条正在发出；过了用处的不发。
catchup-dropped = 好，{ $count } 条都不发了。
