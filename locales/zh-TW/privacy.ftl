# 個人資料：存了什麼，查看，刪除。以及沒填完的申報的提醒

menu-privacy = 我的資料：存了什麼，查看、刪除

choice-my-data = 查看我的資料
choice-delete-me = 刪除我的資料
choice-delete-sure = 確定刪除
choice-keep-data = 不刪

privacy-private = 個人資料只能私訊查看和刪除。請點我的頭像私訊，發送 /{ $command }。
privacy-title = 您的資料
privacy-questions = 提問：每個聊天裡最近幾個問題，用來聽懂追問；30 天沒再聊就刪除。沒答上的問題去掉姓名、號碼和地址後留給工作人員改進。
privacy-applications = 申報：您填的內容和常用資料，用於辦理申報、免得重填。草稿 { $days } 天沒動就刪除；辦結的申報滿 { $years } 年刪去內容，只留編號、項目、狀態和時間。
privacy-reminders = 提醒：您的訂閱和自己寫的提醒，到您取消為止。
privacy-safe = 以上內容加密保存。工作人員看到的聯絡方式是遮住的，查看完整資訊要寫原因，並記入日誌。
privacy-consent = 開始申報前給您看的告知：

data-title = 我們保存的您的資料
data-nothing = 除了這次對話，沒有保存您的資料。
data-since = 第一次來：{ $on }
data-questions = 最近的提問：{ $count } 個
data-web-chat = 網頁上的對話：{ $count } 條
data-drafts = 沒提交的申報：{ $count } 份
data-applications = 提交的申報：{ $count } 份
data-profile = 常用資料：{ $count } 項，下次申報可直接用
data-subscriptions = 訂閱：{ $count } 個
data-reminders = 自己的提醒：{ $count } 條
data-log = 辦理日誌：{ $count } 條，裡面您是一個代號
data-linked = 連結的平台：{ $platform }
data-line = · { $words }
data-questions-title = 最近的提問
data-reminders-title = 自己的提醒
data-draft-title = 沒提交：{ $name }
data-case-title = { $number } { $name }
data-no-answers = 還沒有填寫內容。
data-shortened = 這裡是摘要，身分證號只顯示尾號。申報進度發送 /applications。要全部資料，請向工作人員索取。
data-whole = 全部資料

delete-title = 刪除您的全部資料？
delete-goes = 會刪除：提問、對話、草稿、申報內容和附件、常用資料、訂閱和提醒。
delete-withdrawn = 還在辦理的 { $count } 份申報會撤回。
delete-stays = 會留下：申報的編號、項目、狀態和時間；日誌裡的一個代號，已查不到是誰；發給您的訊息和通知的送達記錄，不含內容。交給同事的申報歸同事。
delete-linked = 連結的平台上的也一起刪除：
delete-staff = 您的工作人員帳號綁定也會解除。
delete-kept = 好的，什麼都沒有刪。
delete-final = 刪除後不能恢復。
deleted-note = 已刪除
deleted = 您的資料已刪除。以後還可以隨時來問，就當第一次見面。

quiet-draft = 「{ $name }」的申報還沒填完。填過的都在，保留到 { $until }。
quiet-correction = 「{ $name }」的申報還在等您補正。
apply-discard-ask = 刪除「{ $name }」的草稿嗎？刪除後不能恢復。
