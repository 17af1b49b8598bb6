# 时间:听懂了什么,没听懂时问什么。

weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日

when-day = { $on } { $weekday }
when-day-limit = { $on } { $weekday }之前（含当天）
when-instant = { $on } { $weekday } { $time }
when-instant-limit = { $on } { $weekday } { $time } 之前
when-range = { $start } 至 { $end }
when-at = { $what } { $time }

when-assumed = 只说了时段，按 { $time } 算。
when-estimated = 其中有的年份放假安排还没公布，工作日按周末推算。
when-today = 就是今天
when-left = 还有 { $days } 天，其中 { $workdays } 个工作日
when-ago = { $days } 天前

when-which = 没听准是什么时候。是下面哪个？
when-none-of-these = 都不是的话，请写具体些，例如“下周五上午9点”。
when-unclear = 没听懂是什么时候。请写具体些，例如“下周五上午9点”或“截止前3天”。
when-invalid = 没有这个日期或时间，请核对一下。
when-past = 这个时间已经过去了，请换一个以后的时间。
when-past-was = 这个时间已经过去了：{ $was }。请换一个以后的时间。

when-on-deadline = 截止当天
when-before-deadline = 截止前 { $length }
when-after-deadline = 截止后 { $length }
when-length = { $first } { $second }
when-months = { $count } 个月
when-days = { $count } 天
when-workdays = { $count } 个工作日
when-hours = { $count } 小时
when-minutes = { $count } 分钟
when-seconds = { $count } 秒

when-every-hourly =
    { $count ->
        [1] 每小时
       *[other] 每 { $count } 小时
    }
when-every-daily =
    { $count ->
        [1] 每天
       *[other] 每 { $count } 天
    }
when-every-weekly =
    { $count ->
        [1] 每周
       *[other] 每 { $count } 周
    }
when-every-monthly =
    { $count ->
        [1] 每月
       *[other] 每 { $count } 个月
    }
when-every-yearly =
    { $count ->
        [1] 每年
       *[other] 每 { $count } 年
    }
when-every-quarter = 每季度
when-every-workday = 每个工作日
when-rule = { $every } { $day }
when-on = { $days }
when-list = { $first }、{ $second }
when-and = { $first }、{ $second }
when-month = { $month } 月
when-month-day = { $day } 日
when-last-day = 最后一天
when-last-days = 倒数第 { $day } 天
when-nth = 第 { $number } 个{ $what }
when-last = 最后一个{ $what }
when-nth-last = 倒数第 { $number } 个{ $what }
when-workday = 工作日
