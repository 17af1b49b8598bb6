### 通知：工作人員寫、審、發，聯絡人收、停。

## 聯絡人

menu-notices = 通知設定：單則、每週彙整、不再接收
notices-mine-title = 通知設定
notices-wish-each = 目前：有通知就傳給您。
notices-wish-weekly = 目前：每週一彙整成一則傳給您。
notices-wish-none = 目前：不接收通知。
notices-region = 地區：{ $region }。依地區發的通知，以它為準。
notices-no-region = 還沒有設定地區，收不到依地區發的通知。
notices-here = 政策問答和您自己訂的提醒不受影響。
notices-here-group = 這是整個群組的設定。問答和提醒不受影響。
notices-wished-each = 好的，有通知就傳給您。
notices-wished-weekly = 好的，每週一彙整傳一次。
notices-wished-none = 好的，不再傳通知。
notices-stopped = 不再傳通知給您。改變主意時，點下面，或隨時傳 /notices。
choice-wish-each = 有通知就傳
choice-wish-weekly = 每週彙整
choice-wish-none = 不再接收
choice-wish-again = 恢復接收
choice-notices-region = 設定地區
choice-notice-known = 已知悉
choice-notice-stop = 退訂通知
notice-known = 已記下：您已知悉。
notice-known-already = 先前已經記下了。
notice-known-not = 沒有傳到這裡的這則通知，不用確認。

## 通知本身

notice-corrected-title = 更正：{ $title }
notice-not-translated = （這份通知只有簡體中文。）
notice-by-command =
    { $asks ->
        [yes] 看過請回覆 /known { $number }；不想再收通知請傳 /notices。
       *[no] 不想再收通知請傳 /notices。
    }

## 列表

notices-title = 通知
notices-none = 還沒有通知。
notices-none-begin = 還沒有通知。點「寫新通知」開始，中途可以停下，草稿會留著。
notices-list =
    { $lines }

    點開一則繼續。
notices-line = { $number }　{ $title }　{ $state }
notice-untitled = （無標題）
choice-notice-new = 寫新通知
choice-notice = { $number } { $title }
choice-notices = 全部通知
notice-state-draft = 草稿
notice-state-listing = 正在列收件人
notice-state-waiting = 等待核准
notice-state-approved = 已核准，待發
notice-state-sending = 正在傳送
notice-state-paused = 已暫停
notice-state-done = 已發完
notice-state-cancelled = 已取消

## 一則通知

notice-card-title = 通知 { $number } · { $state }
notice-card = { $lines }
notice-reason-rejected = 被退回，請修改後再提交。
notice-reason-late = 錯過了傳送時刻一小時以上，沒有發。請改時刻後再提交。
notice-reason-approval-void = 核准已失效（超過 24 小時、內容有變，或有人不再有權限），沒有發。請再提交。
notice-reason-audience-empty = 提交當下沒有符合條件的收件人。
notice-sent-back = 退回意見：{ $remark }
notice-corrects = 更正通知 { $number }：只發給收到錯誤內容的人。
notice-to-everybody = 對象：全部
notice-to-regions = 地區（含下級）：{ $names }
notice-to-and = { $first } · { $rest }
notice-to-platforms = 平台：{ $names }
notice-to-kinds = 類型：{ $names }
notice-to-languages = 語言：{ $names }
notice-to-roles = 角色：{ $names }
notice-to-windows = 訂閱窗口：{ $names }
notice-to-themes = 訂閱主題：{ $names }
notice-to-programmes = 項目：{ $names }；狀態：{ $statuses }
notice-to-listed = 名單：{ $count } 個
notice-to-nobody-yet = 對象：還沒有設定
notice-count = { $platform }：個人 { $private }，群組 { $groups }
notice-count-all = 合計 { $count }。已退訂 { $unsubscribed }、已失聯 { $gone }，不會發給他們。
notice-lasts = 依平台限速，全程{ $time }。
lasts-below-a-minute = 不到一分鐘
lasts-minutes = 約 { $count } 分鐘
lasts-hours = 約 { $count } 小時
platform-telegram = Telegram
platform-web = 網頁對話
platform-terminal = 終端機
notice-languages = 文字：{ $languages }。沒有譯文的讀者看簡體中文，並註明。
notice-at = 時刻：{ $at }
notice-at-once = 時刻：核准後立即發
notice-quiet = 勿擾：{ $start }–{ $until } 不發，過後繼續
notice-unclear-resend = 送達不明的：過十分鐘補發一次
notice-unclear-hold = 送達不明的：不補發，列給工作人員
notice-asks = 帶「已知悉」按鈕
notice-asks-not = 不帶「已知悉」按鈕
notice-link = 連結：{ $link }
notice-people = 起草 { $author }，最後修改 { $editor }
notice-approvals = 提交當下列出收件人 { $listed }；核准 { $count }/{ $needed }

## 填寫

notice-ask-title = 請傳通知標題，一行，不超過 { $most } 字。
notice-ask-source = 請傳簡體中文正文，這一份不能少。可以加粗、帶連結，也可以轉傳一則寫好的。
notice-ask-text = 請傳正文（{ $language }）。可以加粗、帶連結，也可以轉傳一則寫好的。不要這個譯文，回覆「無」。
notice-ask-audience =
    請傳對象，一行一個條件，都要滿足：
    全部
    地區：蘇州、昆山
    類型：群組（或 個人）
    平台：telegram、網頁
    語言：英文
    項目：項目編號　再寫一行 狀態：submitted
    訂閱窗口：3（窗口編號），或 訂閱主題：主題名
    角色：審核
    名單：後面每行一個受理號，或寫成 telegram:123456
notice-ask-time = 請傳時刻，如 明天上午9點、12月1日9:30；或回覆「盡快」，核准後就發。
notice-ask-quiet = 請傳勿擾時段，如 22:00-08:00；不設就回覆「無」。
notice-ask-remark = 請寫退回的原因，作者會看到。
notice-words-only = 這裡收文字，或一張圖片、一個檔案（PDF、docx、xlsx、JPG、PNG，20 MB 以內）。請再傳一次。
notice-ask-file = 請傳送或轉傳一張圖片或一個檔案（PDF、docx、xlsx、JPG、PNG，20 MB 以內）。一則通知只帶一個；幾份材料請合成一個 PDF，或放上連結。不帶附件，回覆「無」。
notice-file = 附件：{ $name }（{ $size }）
notice-file-as-file = { $platform }：圖片以檔案發出，讀者點開才看到。
notice-file-taken = 附件已收下：{ $name }。
notice-file-not-there = { $platform }最多收 { $megabytes } MB 的檔案，這個附件發不到那裡。請換小一點的，或在對象裡去掉這個平台。
notice-list-wrong = 看不懂這份名單。請傳送 .txt 或 .csv 檔案，每行一個受理號，或寫成 telegram:123456。
notice-title-wrong = 標題要有字，不超過 { $most } 字。請再傳一次。
notice-text-wrong = 正文要有字，不超過 { $most } 字。請再傳一次。
notice-link-refused = 連結只能是 https:// 開頭、不帶使用者名稱的。請改這一個：{ $link }
notice-time-wrong = 看不懂這個時刻。請寫一個準確的時刻，如 明天上午9點、12月1日9:30；或「盡快」。
notice-time-over = { $at } 已經過了。請改個時刻。
notice-time-hour = { $day }幾點發？請連日期和幾點一起寫，如 12月1日9:30。
notice-time-which =
    這有幾種讀法，請寫全其中一個：
    { $lines }
notice-time-one = · { $at }
notice-time-none = 沒有這一天或這個鐘點。請再看一下日曆，寫成 12月1日9:30 這樣。
notice-quiet-wrong = 看不懂這個時段。請寫成 22:00-08:00，或「無」。
notice-audience-wrong =
    這幾行看不懂，對象沒有改：
    { $lines }
    每行寫「條件：內容」，如「地區：蘇州」。
notice-audience-line = · { $line }
notice-rows-wrong =
    名單裡有 { $count } 行不對，對象沒有改（其餘 { $good } 行正確）：
    { $lines }
    改好後請把對象再傳一次。
notice-row-unreadable = 第 { $number } 行「{ $row }」：不是受理號，也不像 telegram:123456
notice-row-unknown = 第 { $number } 行「{ $row }」：沒有這個人或群組
notice-row-too-many = 第 { $number } 行起超過一萬行，請分成幾則通知
notice-no-title = 還沒有標題。
notice-no-text = 還沒有簡體中文正文。
notice-too-long = 太長：{ $platform }一則最多 { $most }，{ $language }版有 { $length }，超出 { $over }。請縮短，細節放到連結裡。
choice-notice-title = 標題
choice-notice-text-zh-CN = 正文
choice-notice-text-zh-TW = 繁體正文
choice-notice-text-en = 英文正文
choice-notice-file = 附件
choice-notice-audience = 對象
choice-notice-time = 時刻
choice-notice-quiet = 勿擾
choice-notice-unclear = 送達不明時
choice-notice-asks = 已知悉按鈕
choice-notice-back = 回到這則通知

## 預覽、提交、核准

notice-preview =
    上面就是讀者看到的樣子，按鈕在預覽裡不起作用。
    { $lines }
notice-fits = { $platform }：{ $length }/{ $most }，一則發完
notice-fits-not = { $platform }：{ $length }/{ $most }，太長，提交前請縮短
notice-submit =
    請再核對一遍，提交後由另一位同事核准：
    { $lines }
notice-submitted = 已提交。收件人列好後，審核的同事會收到訊息。在那之前可以隨時改，改了要重新提交。
notice-submitted-alone = 已提交。本單位設為單人辦公，不需要核准。
notice-waits = 通知 { $number }《{ $title }》等待核准，收件人 { $count }。請點開，或傳 /compose 查看。
notice-approve-later = 核准只在 24 小時內有效。請在 { $at } 之後再核准。
notice-approved = 已核准，到時刻就發。
notice-approved-more = 已核准。收件人超過一萬，還需要 { $count } 位同事核准。
notice-rejected = 已退回給作者。
notice-discarded = 通知 { $number } 已作廢。
notice-audience-unsaid = 還沒有設定對象。要發給所有人，請在對象裡寫「全部」。
notice-audience-empty = 沒有符合條件的收件人。請換個條件。
notice-enough-today = 您今天已經提交了 { $most } 則，明天再發；急的請另一位同事提交。
notice-own = 自己寫的、改過的或提交的通知，要由另一位同事核准。
notice-not-allowed = 您的帳號沒有這項權限。需要的話，請找負責人。
notice-not-there = 沒有這則通知。
notice-stale = 這則通知剛被改過，請打開看看現在的樣子。
notice-wrong-move = 現在做不了這一步，請打開看看它到了哪一步。
choice-notice-submit = 提交審批
choice-notice-submit-sure = 確認提交（{ $count } 個收件人）
choice-notice-approve = 核准
choice-notice-reject = 退回
choice-notice-preview = 預覽，傳給自己
choice-notice-withdraw = 撤回修改
choice-notice-discard = 作廢
choice-notice-look = 去看看
choice-notice-pause = 暫停
choice-notice-resume = 繼續
choice-notice-cancel = 取消傳送

## 傳送中

notice-told = 通知 { $number }《{ $title }》
notice-now-sending = 正在傳送。
notice-now-paused = 已暫停，沒有再傳。
notice-now-done = 已發完。
notice-now-cancelled = 已取消，剩下的不再傳。
notice-paused-by-staff = 由工作人員暫停。
notice-paused-because = 出錯太多，自動暫停：{ $reason }。請看一看，沒問題再繼續。
notice-paused-first = 前 { $begun } 則裡有 { $failed } 則失敗，已自動暫停：{ $reason }。請看一看，沒問題再繼續。
notice-paused-format = 訊息本身有問題，誰也收不到，已自動暫停：{ $reason }。請取消，改好後另發一則。
notice-figures =
    應傳 { $all }，已到 { $sent }，還有 { $waiting }
    對方已停用 { $unreachable }，失敗 { $failed }，送達不明 { $unknown }
    已退訂或離開 { $skipped }，等每週彙整 { $weekly }，取消 { $cancelled }
notice-cancel-ask = 要取消通知 { $number } 嗎？已經傳出的收不回，剩下的不再傳，也不能恢復。
choice-notice-cancel-sure = 確認取消

## 之後

notices-week-title = 本週通知彙整（{ $count } 則）
notices-week-stop = 改成單則或不再接收：/notices
notice-code = 通知 { $number } 的命令列核准碼，十分鐘內用一次：{ $code }
notice-code-wrong = 核准碼不對、用過或已過期。請審核的同事在私訊裡重新取一個。
notice-correct = 更正通知 { $number }：只發給收到錯誤內容的人；平台能改原訊息的，就改原訊息。
notice-report = { $report }
choice-notice-code = 命令列核准碼
choice-notice-report = 到達情況
choice-notice-correct = 更正
report-seen = 已知悉 { $count }
report-by-platform = 依平台
report-by-region = 依地區
report-no-region = （未設地區）
report-reasons = 沒有送到的原因
report-over-time = 依時刻
report-row = · { $name }：{ $sent }/{ $due }
report-reason = · { $fate } { $count }：{ $reason }
report-time = · { $at } 起 { $count }
fate-sent = 已到
fate-unreachable = 對方已停用
fate-failed = 失敗
fate-unknown = 送達不明
fate-cancelled = 已取消
fate-skipped = 已退訂或離開
fate-weekly = 等每週彙整
fate-queued = 在傳送中
fate-due = 未發
ledger-number = 序號
ledger-platform = 平台
ledger-chat = 會話
ledger-kind = 類型
ledger-region = 地區
ledger-fate = 結果
ledger-reason = 原因
ledger-at = 時刻
ledger-seen = 已知悉
ledger-language = 文字
ledger-group = 群組
ledger-private = 個人
