# 申報期、訂閱、提醒。先說到什麼時候、還有幾個工作日，再說做什麼。

## 申報期一覽

windows-open-title = 正在申報
windows-list = { $lines }
windows-open = · { $title }：{ $closes }截止，{ $left }
windows-not-yet = · { $title }：{ $opens }開始，{ $closes }截止，{ $left }
windows-expected = · { $title }：往年有過，今年的時間還沒有公佈
windows-hints-title = 往年的時間（不是今年的通知）
windows-hint = · { $name }，上次是 { $year } 年：{ $seen }
windows-hints-note = 往年的時間只供準備材料時參考，今年以當年通知為準。通知出來後，訂閱的人會收到訊息。
hint-title = { $name }（{ $organiser }）
hint-past =
    { $round }：{ $seen } { $note }
    見：{ $source }
seen-day = { $on }
seen-both = { $opens } 至 { $closes }
seen-closes = { $closes } 截止
seen-opens = { $opens } 開始，截止日未見
seen-nothing = 起止日未見
choice-hints = 往年的時間
choice-subscribe = 訂閱提醒
choice-subscribe-this = 訂閱這個
choice-subscriptions = 我的訂閱
menu-subscribe = 訂閱申報提醒：後面可寫地區或項目
menu-subscriptions = 檢視、修改、退訂提醒

## 日期與工作日

moment = { $on }（{ $weekday }）{ $at }
moment-day = { $on }（{ $weekday }）
weekday-short-1 = 週一
weekday-short-2 = 週二
weekday-short-3 = 週三
weekday-short-4 = 週四
weekday-short-5 = 週五
weekday-short-6 = 週六
weekday-short-7 = 週日
left-days = 還有 { $count } 個工作日
left-days-estimated = 還有約 { $count } 個工作日（按週末推算，待國辦通知）
left-no-workday = 截止前沒有工作日了，請今天辦
left-today = 今天截止
left-over = 已截止

## 一個申報期

window-title = { $title }
window-standing = { $status } · 來源級別 { $grade }
window-dates = { $lines }
window-opens = 開始：{ $on }
window-closes = 截止（{ $level }）：{ $closes }，{ $left }
window-closed = 原定截止（{ $level }）：{ $closes }
window-who = 誰可以報：{ $who }
window-prepare =
    要準備：
    { $list }
window-note = 說明：{ $note }
window-source = 依據：{ $publisher }，{ $document }，{ $on }
window-source-link = 依據：{ $publisher }，{ $document }，{ $on } { $link }
window-number = 編號 { $id }。延期 /extend { $id }，更正 /correct { $id }，撤回 /withdraw { $id }，後面寫上內容。
window-unknown = 沒有編號為 { $id } 的申報期。看看現在有哪些：/windows
level-company = 企業內部
level-county = 區縣
level-city = 市
level-province = 省
level-nation = 國家
status-expected = 預計會有，尚未公佈
status-announced = 已公佈
status-extended = 已延期
status-closed = 已截止
status-cancelled = 已取消
choice-calendar = 加到行事曆
choice-clause = 看政策條款
choice-window = 看詳情

## 提醒

reminder-deadline = { $title }：{ $closes }截止（{ $level }），{ $left }
reminder-internal = { $title }：您自定的截止日是{ $closes }，{ $left }
reminder-opens = { $title }：今天開始，{ $closes }截止
reminder-news = 新通知：{ $title }
reminder-changed = 有變動：{ $title }
reminder-several = 今天有 { $count } 件事
reminder-late = 這條提醒晚到了，原定 { $due }，因服務中斷未能按時發出。
reminder-outdated = 這條提醒已更新，見下面最新的一條。
change-status = 狀態：{ $old } → { $new }
change-opens = 開始：{ $old } → { $new }
change-closes = 截止（{ $level }）：{ $old } → { $new }
change-closes-new = 截止（{ $level }）：{ $new }
change-who = 對象：{ $old } → { $new }
change-prepare = 材料：{ $old } → { $new }
change-title = 名稱：{ $old } → { $new }
change-nothing = 未定
choice-reminder-done = 已辦
choice-reminder-later = 稍後提醒
choice-apply-now = 開始申報
choice-stop = 退訂
choice-undo = 還沒辦，繼續提醒
done = 好，「{ $title }」不再提醒。
undone = 好，「{ $title }」繼續提醒。
done-note = 已記下
later-ask = 什麼時候再提醒？
later-tomorrow = 明早
later-workday = 下個工作日
later-three-days = 3 天后
later = 好，「{ $title }」{ $at }再提醒。
later-note = 已記下
later-too-late = 那時已經截止了。請選早一點的時間，或現在就辦。

## 訂閱

subscribe-ask = 想訂閱什麼？也可以直接寫，例如「/subscribe 蘇州」。
subscribe-ask-region = 哪個地區？會收到這裡和上級（省、國家）的申報期。
subscribe-ask-programme = 哪個項目？
subscribe-ask-theme = 哪個主題？
subscribe-unknown = 沒找到「{ $name }」。請寫地區、項目或主題，或從下面選：
subscribe-admins-only = 群組裡的訂閱由群組管理員設定。您可以私訊我，給自己訂閱。
choice-about-region = 按地區
choice-about-programme = 按項目
choice-about-theme = 按主題
choice-about-week = 宣傳週每日預告
about-window = 申報期：{ $name }
about-programme = 項目：{ $name }
about-theme = 主題：{ $name }
about-region = 地區：{ $name }
about-week = 每日預告：{ $name }
subscribed = 已訂閱 { $name }。開始當天和截止前 { $ladder } 個工作日提醒；有變動也會告訴您。
subscribed-week = 已訂閱 { $name }。宣傳週期間每天最多一條。
subscribed-note = 已訂閱
preview =
    接下來的提醒：
    { $lines }
preview-line = · { $at } { $what }
preview-opening = 開始：{ $title }
preview-deadline = 截止前：{ $title }
preview-internal = 自定截止日前：{ $title }
preview-snooze = 再提醒：{ $title }
preview-change = 變動：{ $title }
preview-nothing = 目前沒有可提醒的申報期；通知一登錄，就會告訴您。
subscriptions-title = 我的訂閱
subscriptions-line = { $number }. { $name }
subscriptions-none = 還沒有訂閱。
subscription-title = { $name }
subscription-gone = 這個訂閱已經退了。看看現有的：/subscriptions
subscription-ladder = 截止前 { $ladder } 個工作日
subscription-at = 每天 { $at } 提醒
subscription-quiet = 免打擾：{ $start } 至 { $until }
subscription-loud = 不設免打擾
subscription-internal = 自定截止日：{ $on }
subscription-typed = 也可以直接寫，例如「/subscriptions 1 10,5,2 8:30」：第 1 個訂閱，提前 10、5、2 個工作日，8:30 提醒。
list-separator = 、
choice-ladder = 提前幾天
choice-at = 幾點提醒
choice-quiet = 夜裡不打擾
choice-loud = 取消免打擾
choice-internal = 自定截止日
choice-feed = 行事曆訂閱地址
choice-invite = 加一位同事
choice-again = 重新訂閱
choice-join = 同意，訂閱
adjust-ladder = 截止前幾個工作日提醒？
adjust-at = 每天幾點提醒？
adjust-internal = 單位內部什麼時候截止？提醒會按這一天算。
adjust-days = 提前 { $ladder } 天
adjust-time = { $at }
adjust-day = { $on }
adjust-how = 請寫序號和要改的內容，例如「/subscriptions 1 10,5,2 8:30」。
adjust-ladder-long = 最多 { $most } 次提醒，最早提前 { $furthest } 個工作日。請少寫幾個。
adjust-internal-window = 自定截止日只能用在單個申報期的訂閱上。
adjust-internal-late = { $on } 不行：要早於正式截止日，也不能已經過去。
adjusted = 已改好
unsubscribed = 已退訂 { $name }。
unsubscribed-still = 「{ $title }」還會因為「{ $name }」提醒您。
choice-stop-too = 那個也退訂
unsubscribed-note = 已退訂
invite = 請同事私訊我，傳送下面這一行，就能收到「{ $name }」的提醒。7 天內有效，由同事自己確認。
invite-code = /subscriptions join { $code }
invite-unknown = 這個邀請已失效，或不能在群組裡用。請同事再發一個，並私訊我。
join-ask = 同事邀請您訂閱 { $name }。同意後您會收到同樣的提醒，隨時可以退訂。

## 登錄申報期

staff-only = 登錄和修改申報期要有「編輯」角色，並且要私訊我。
publish-how = 照通知一行寫一項，寫在 /publish 後面；沒有的行可以刪掉。一行寫不下也可以用豎線隔開。
publish-pattern =
    /publish
    名稱：第27屆中國專利獎申報
    項目：中國專利獎
    開始：2027-03-01
    截止 區縣：2027-03-15 17:00
    截止 市：2027-03-20
    對象：專利權人
    材料：申報書；專利權屬證明
    發布機關：國家知識產權局
    文件：通知的標題或文號
    發布日期：2027-02-26
    級別：A
extend-how = 請寫申報期編號、新的截止日和延期通知，例如「/extend 3 | 截止 市：2027-03-27 | 文件：延期通知 | 發布日期：2027-03-18」。
correct-how = 請寫申報期編號和要改的項，例如「/correct 3 | 對象：專利權人」。
withdraw-how = 請寫申報期編號和原因，例如「/withdraw 3 通知已撤回」。
confirm-ask = 請核對。確認後會告訴 { $count } 個訂閱的會話。
choice-confirm-publish = 發布
choice-confirm-extend = 確認延期
choice-confirm-correct = 確認更正
choice-confirm-cancel = 確認取消
choice-leave = 先不發
confirmed-publish = 「{ $title }」已發布，正在通知訂閱的人。
confirmed-extend = 「{ $title }」已延期，正在通知訂閱的人。
confirmed-correct = 「{ $title }」已更正，受影響的人會收到新舊對照。
confirmed-cancel = 「{ $title }」已取消，正在通知訂閱的人。
draft-refused = 還不能發布：
draft-line = 第 { $line } 行：{ $problem }
draft-field-unknown = 不認識「{ $field }」。每行寫成「名稱：內容」。
draft-place-unknown = 不認識地區「{ $name }」。
draft-theme-unknown = 不認識主題「{ $name }」。
draft-programme-unknown = 不認識項目「{ $name }」。新項目可以不寫這一行。
draft-level-unknown = 不認識「{ $level }」。級別寫：企業內部、區縣、市、省、國家。
draft-clause-unknown = 沒有編號為「{ $name }」的條款。
draft-no-date = 「{ $value }」裡沒有日期。請寫成 2027-03-20。
draft-date-impossible = 沒有 { $value } 這一天。
draft-time-impossible = 沒有 { $value } 這個時間。請寫成 17:00 這樣。
window-title-missing = 缺名稱。
window-source-missing = 缺來源：發布機關和文件都要寫。沒有來源的申報期不能發布。
window-end-missing = 缺截止日。
window-grade-unknown = 來源級別寫 A、B 或 C，不能是「{ $grade }」。
window-link-plain = 網址要以 https:// 開頭。
window-too-long = 太長了，每項不超過 { $most } 個字。
window-closes-before = { $level }截止日 { $closes } 早於開始日 { $opens }。
window-levels-crossed = { $lower }的截止日 { $first } 晚於{ $upper }的 { $second }；應當逐級往後。
window-changed-meanwhile = 有人剛剛改過這個申報期，您的改動沒有儲存。請看一下最新內容再改。
extend-cancelled = 這個申報期已取消，不能延期。請重新發布。
extend-source-missing = 缺延期的依據：請寫延期通知的文件和發布日期。
extend-nothing = 沒有寫新的截止日。
extend-no-level = 原來沒有{ $level }的截止日。請用 /correct 補上。
extend-not-later = { $wanted } 不比原來的 { $closes } 晚。提前請用 /correct。
extend-past = { $wanted } 已經過去了。請核對日期。

## 宣傳週

week-title = 宣傳週今日活動，{ $on }
week-lines = { $lines }
week-line = · { $at } { $title }{ $where }（{ $organiser }）
week-line-day = · { $title }{ $where }（{ $organiser }）
week-where = ，{ $venue }
week-field-missing = 缺{ $field }。
week-ends-before = 結束時間 { $until } 不晚於開始時間 { $at }。
field-title = 名稱
field-organiser = 主辦單位
field-source = 來源
choice-register = 報名：{ $title }
choice-week = 看這一天

## 自己的提醒

own-due = 提醒您：{ $words }
choice-own-stop = 不再提醒
remind-how = 請先寫時間，再寫事情，例如「/remind 明天上午九點 交年費」「/remind 每週一早上8點半 例會」。
remind-unclear = 沒看懂時間。
remind-which = 您指的是哪個時間？
remind-no-such-day = 沒有「{ $spelled }」這個時間，請核對。
remind-past = 「{ $spelled }」已經過去了。請寫以後的時間。
remind-over = 那是{ $at }，已經過去了。請寫清哪天幾點，例如「明天上午九點 { $words }」。
remind-of-what = 提醒您做什麼？請連時間一起寫，例如「明天上午九點提醒我交年費」。
remind-long = 太長了，請不超過 { $most } 個字。
remind-many = 已經有 { $most } 條提醒了，再多就看不過來了。請先取消幾條：/reminders
remind-kept = 好，{ $at }提醒您：{ $words }
remind-kept-again = 好，會一直提醒您：{ $words }。下一次是 { $at }。
remind-late = { $at }（會盡快發）
remind-again = 重複，下一次 { $at }
reminders-title = 我的提醒
reminders-none = 還沒有自己的提醒。
choice-own-list = 我的提醒
choice-own-cancel = 取消：{ $words }
choice-own-cancel-at = 取消：{ $at } { $words }
own-stopped = 已取消：{ $words }
own-of-another = 群組裡的提醒只能由設定的人或群組管理員取消。
menu-remind = 提醒我：後面寫時間和事情
menu-reminders = 我的提醒：檢視、取消

## 行事曆

ics-opens = 開始申報：{ $title }
ics-closes = 截止：{ $title }（{ $level }）
feed = { $name }的行事曆訂閱地址（只給您自己用；再點一次會換新地址，舊的作廢）：
feed-address = { $address }
feed-private = 行事曆地址請私訊我領取。
feed-none = 這裡還沒有對外的網址，暫時不能訂閱行事曆。請聯絡工作人員。
