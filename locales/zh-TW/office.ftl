# 工作人員的事：工作日表、宣傳週日程、服務中斷後的提醒。

## 工作日

alert-workdays = { $year } 年的工作日表還沒有登錄，現在按週末推算，和實際放假會有出入。國務院辦公廳的放假通知發布後，請傳送 /workdays 登錄。
choice-workdays = 登錄工作日
workdays-known = 已有 { $first } 至 { $last } 年的工作日表。
workdays-how = 國務院辦公廳的放假通知發布後，照下面的樣子寫在 /workdays 後面：第一行寫年份，每個節日一行，再寫調休上班的日子和通知。已有的年份重新寫一遍，就是更正。下面的日期只是格式，請照通知填寫。
workdays-pattern =
    /workdays { $year }
    元旦：{ $year }-01-01 至 { $year }-01-03
    春節：{ $year }-02-05 至 { $year }-02-11
    清明節：{ $year }-04-03 至 { $year }-04-05
    勞動節：{ $year }-05-01 至 { $year }-05-05
    端午節：{ $year }-06-09 至 { $year }-06-11
    中秋節：{ $year }-09-15 至 { $year }-09-17
    國慶節：{ $year }-10-01 至 { $year }-10-07
    上班：{ $year }-02-14；{ $year }-10-09
    發布機關：國務院辦公廳
    文件：通知的標題或文號
    發布日期：{ $before }-11-04
workdays-refused = 還不能登錄：
workdays-year = 第一行請只寫年份，例如「/workdays 2027」。
workdays-festival-unknown = 不認識「{ $name }」。請寫：元旦、春節、清明節、勞動節、端午節、中秋節、國慶節，或上班、發布機關、文件、發布日期。
workdays-empty = 沒有寫放假的日子。
workdays-backwards = { $first } 晚於 { $last }，請核對。
workdays-other-year = { $day } 不屬於 { $year } 年的安排，請核對。
workdays-both = { $day } 又放假又上班，請核對。
workdays-plain = { $day } 本來就是工作日，不用寫在「上班」裡。請核對是不是寫錯了。
workdays-source-missing = 缺來源：發布機關和文件都要寫。沒有來源的工作日表不能用。
workdays-dated-missing = 缺發布日期。
workdays-title = { $year } 年工作日表
workdays-break = · { $festival }：{ $first } 至 { $last }，共 { $days } 天
workdays-worked =
    週末上班：
    { $list }
workdays-worked-day = · { $day }
workdays-confirm-ask = 請對照通知核對。確認後，沒截止的窗口都按這張表重新計算提醒。
choice-workdays-confirm = 確認登錄
workdays-confirmed = { $year } 年的工作日表已登錄，提醒正在按它重新計算。
festival-new-year = 元旦
festival-spring = 春節
festival-qingming = 清明節
festival-labour = 勞動節
festival-dragon-boat = 端午節
festival-mid-autumn = 中秋節
festival-national = 國慶節

## 宣傳週日程

menu-week = 宣傳週日程
week-programme = { $year } 年全國知識產權宣傳週日程
week-when = { $opens }至{ $closes }。
week-none = 日程還沒有登錄。訂閱「宣傳週每日預告」，有安排的那天早上會收到。
week-day-line = { $on } { $line }
week-numbered = 【{ $number }】{ $line }
week-how = 登錄日程：寫在 /week 後面，一行一場，各項用豎線隔開；沒有的項留空。前面寫上編號，就是更正那一場。
week-pattern =
    /week
    { $year }-04-20 | 09:30-11:00 | 開幕式 | 蘇州圖書館 | 市知識產權局 | 活動安排的文件 | https://報名網址
week-refused = 還不能登錄：
week-unknown = 沒有編號為 { $number } 的活動。
week-outside = 注意：{ $on } 不在宣傳週（4 月 20 日至 26 日）之內，不會出現在每日預告裡。
week-check = 請核對這 { $count } 場活動
choice-week-confirm = 確認登錄
week-confirmed = 已登錄 { $count } 場。訂閱的人當天早上收到預告，一天最多一則；日曆裡的項目會自動更新。
choice-week-off = 取消：{ $title }
week-taken-off = 已取消「{ $title }」。還沒發出的預告裡不再有它。
choice-programme = 宣傳週日程

## 服務中斷後

alert-catchup = 服務中斷過，有 { $count } 則提醒晚了，已先留住，沒有發。請傳送 /catchup 看一看，再決定發不發。
choice-catchup = 看一看
catchup-title = { $at } 發現有 { $count } 則提醒晚了
catchup-window = · { $title }：{ $count } 則，最早的原定 { $at }
catchup-week = · 宣傳週每日預告：{ $count } 則，最早的原定 { $at }
catchup-own = · 大家自己的提醒：{ $count } 則，最早的原定 { $at }
catchup-means = 發出時會寫明晚到和原定時間；已經截止的、被更新的提醒頂替的，不會再發。不發，就都作廢。
choice-catchup-send = 發出
choice-catchup-drop = 都不發
catchup-none = 沒有留住的提醒，都正常。
catchup-decided-already = 已經有人處理過了。
catchup-sent = 好，{ $count } 則正在發出；過了用處的不發。
catchup-dropped = 好，{ $count } 則都不發了。
