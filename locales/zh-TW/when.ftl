# 時間:聽懂了什麼,沒聽懂時問什麼。

weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日

when-day = { $on } { $weekday }
when-day-limit = { $on } { $weekday }之前（含當天）
when-instant = { $on } { $weekday } { $time }
when-instant-limit = { $on } { $weekday } { $time } 之前
when-range = { $start } 至 { $end }
when-at = { $what } { $time }

when-assumed = 只說了時段，按 { $time } 算。
when-estimated = 其中有的年份放假安排還沒公布，工作日按週末推算。
when-today = 就是今天
when-left = 還有 { $days } 天，其中 { $workdays } 個工作日
when-ago = { $days } 天前

when-which = 沒聽準是什麼時候。是下面哪個？
when-none-of-these = 都不是的話，請寫具體些，例如「下週五上午9點」。
when-unclear = 沒聽懂是什麼時候。請寫具體些，例如「下週五上午9點」或「截止前3天」。
when-invalid = 沒有這個日期或時間，請核對一下。
when-past = 這個時間已經過去了，請換一個以後的時間。
when-past-was = 這個時間已經過去了：{ $was }。請換一個以後的時間。

when-on-deadline = 截止當天
when-before-deadline = 截止前 { $length }
when-after-deadline = 截止後 { $length }
when-length = { $first } { $second }
when-months = { $count } 個月
when-days = { $count } 天
when-workdays = { $count } 個工作日
when-hours = { $count } 小時
when-minutes = { $count } 分鐘
when-seconds = { $count } 秒

when-every-hourly =
    { $count ->
        [1] 每小時
       *[other] 每 { $count } 小時
    }
when-every-daily =
    { $count ->
        [1] 每天
       *[other] 每 { $count } 天
    }
when-every-weekly =
    { $count ->
        [1] 每週
       *[other] 每 { $count } 週
    }
when-every-monthly =
    { $count ->
        [1] 每月
       *[other] 每 { $count } 個月
    }
when-every-yearly =
    { $count ->
        [1] 每年
       *[other] 每 { $count } 年
    }
when-every-quarter = 每季度
when-every-workday = 每個工作日
when-rule = { $every } { $day }
when-on = { $days }
when-list = { $first }、{ $second }
when-and = { $first }、{ $second }
when-month = { $month } 月
when-month-day = { $day } 日
when-last-day = 最後一天
when-last-days = 倒數第 { $day } 天
when-nth = 第 { $number } 個{ $what }
when-last = 最後一個{ $what }
when-nth-last = 倒數第 { $number } 個{ $what }
when-workday = 工作日
