# What the office's own people see

staff-how = 這裡供工作人員綁定帳號。請傳送 /staff 加一次性綁定碼。
staff-linked = { $name }，已綁定。您的角色：
staff-role-owner = · 負責人：人員、金鑰、管道
staff-role-editor = · 編輯：內容、通知草稿
staff-role-broadcaster = · 發布：提交和暫停通知
staff-role-reviewer = · 審核：申報審核、通知審批
staff-role-auditor = · 稽核：查看日誌
staff-code-unknown = 綁定碼不對。請向負責人要一個新的。
staff-code-expired = 綁定碼已過期（10 分鐘有效）。請向負責人要一個新的。
staff-code-used = 綁定碼已經用過。請向負責人要一個新的。
staff-code-too-many = 輸錯太多次，請一小時後再試。
staff-not-allowed = 您的角色不能做這一步。

choice-review = 申報審核
review-title = 申報審核
review-view-new = 新件（{ $count }）
review-view-mine = 我的（{ $count }）
review-view-waiting = 待補正（{ $count }）
review-empty = 這裡沒有申報。
review-no-receipt = 編號不對，請核對，例如 ZC-2026-7KMX4QD。
review-line = { $number } { $name }：{ $status }，提交於 { $at }
review-history = 經過
review-event = { $at }　{ $what }（{ $who }）
review-event-noted = { $at }　{ $what }（{ $who }）：{ $note }
review-event-claimed = 接手
review-event-corrected = 已補正
review-event-handed-on = 換了經辦人
review-by-applicant = 申報人
review-by-staff = 工作人員 { $number } 號
choice-claim = 接手
review-claimed = { $number } 已由您接手。
choice-reveal = 查看完整資訊
review-reveal-why = 請寫明查看完整資訊的原因，會記入日誌：
review-revealed = { $number } 完整資訊（已記入日誌）
review-files = 附件
review-file = { $number }. { $name }（{ $size } KB）
review-files-how = 這裡取不出附件：網頁還沒有開通。請把受理編號和序號報給系統管理員，由管理員取出。
choice-file = 附件 { $number }：{ $name }
choice-open-file = 下載附件
review-file-ready = 附件 { $number }：{ $name }（已記入日誌）
review-decide-ask = 把 { $number } 改為「{ $status }」，並馬上通知申報人？
review-decide-note = 需要附言就直接寫，寫完即生效；不需要就點「確定」。
choice-decide = 確定
choice-not-now = 先不
review-fields = 哪些內容要補正？可以多選。
choice-fields-done = 選好了
review-fields-first = 先選要補正的內容，再寫原因。剛才寫的沒有發出。
review-why-these =
    還沒有發出。這句就是補正原因嗎？申報人會看到：
    { $words }
review-chosen =
    要補正的：
    { $fields }
choice-send-correction = 發出補正通知
choice-choose-on = 接著選
review-why = 請寫補正原因，申報人會看到：
review-words = 請寫 1 到 { $most } 個字。
review-late = 離剛才問您已超過半小時，這句話沒有用上，什麼都沒有改。
review-late-open = 打開那份申報
review-corrected = { $number }（{ $name }）的補正已提交，請接著審核。
review-decided = { $number } 已改為「{ $status }」，已通知申報人。
staff-private = 這是工作人員的命令，只在私訊裡用。請點我的頭像私訊，傳送 /{ $command }。
review-stale = 這份申報剛有變動，這次操作沒有生效。請重新打開。
review-not-there = 沒有找到這份申報。
told-status = 您的申報 { $number }（{ $name }）：{ $status }。
told-note = 說明：{ $note }
review-emptied = 內容已刪除：本人要求，或保存期已滿。
