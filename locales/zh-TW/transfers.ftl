# 一次性碼：把申報交給同事，把幾個平台連成同一個人

menu-link = 在幾個平台上用同一份申報

code-private = 一次性碼只能在私訊裡用。請點我的頭像私訊再發；在群裡出現過的碼請作廢，重新取一個。
link-private = 多平台綁定只能私訊辦理。請點我的頭像私訊，傳送 /link。
code-how = 請發送 /code 加一次性碼。沒有碼的話：請交給您申報的同事在「我的申報」裡點「交給同事」；要連結另一個平台上的自己，請先在那邊發送 /link。
code-unknown = 這個碼不對，請核對後再發，或請對方重新取一個。
code-expired = 這個碼已過期。請對方重新取一個。
code-used = 這個碼已經用過。請對方重新取一個。
code-too-many = 輸錯太多次，請一小時後再試。
code-not = 好的，什麼都沒有改。
choice-not-me = 先不

choice-hand-on = 交給同事
hand-on-which = 把哪一份交給同事？
hand-on-nothing = 現在沒有可以交給同事的申報。
hand-on-numbered = { $number } { $name }
hand-on-code = 一次性碼：{ $code }
hand-on-how = 請單獨發給同事，24 小時內有效，只能用一次。讓同事私訊我，發送：/code { $code }
hand-on-means = 同事接過去以後，這份申報就歸同事辦理，您這裡不再顯示；接手時會通知您。
choice-void = 作廢這個碼
hand-on-void = 這個碼已作廢，申報還在您這裡。
hand-on-ask = 接手這份申報：{ $name }？
hand-on-consent = 填過的內容和附件都在，由您接著辦，通知也發給您。對方會收到通知。
choice-take-over = 接著辦
hand-on-done = 已接手：{ $name }。
hand-on-own = 這份申報本來就在您這裡。
hand-on-gone = 這份申報已經辦結、撤回或刪除，不能再接手。
hand-on-too-many = 同時最多填 { $most } 份。請先填完或刪掉一份，再發一次這個碼。
hand-on-told = 您的申報「{ $name }」已由同事用您給的碼接手。
hand-on-told-number = 您的申報 { $number }（{ $name }）已由同事用您給的碼接手。
hand-on-told-next = 以後的通知發給同事。如果不是您給的碼，請馬上聯絡工作人員。

link-none = 您現在只在這裡和我對話。
link-title = 以下平台和這裡是同一個人：
link-place = · { $platform }
link-what = 連結以後，草稿、申報和常用資料在幾個平台上是同一份，也一起查看、一起刪除。
choice-links = 連結的平台
choice-link-code = 取連結碼
choice-part = 斷開：{ $platform }
link-code = 連結碼：{ $code }
link-how = 請在另一個平台上私訊我，發送：/code { $code }
link-secret = 10 分鐘內有效，只能用一次。不要發給別人：用了它的人能看到您的申報。
link-ask = 把這裡和下面的平台合成同一個人？
link-ask-comes = 這裡的 { $drafts } 份草稿、{ $applications } 份申報和常用資料會合過去。
link-warning = 只有碼是您自己取的才繼續：合併後，那邊能看到、修改和刪除這裡的申報。
choice-same-person = 是我，合併
link-done = 已連結。草稿、申報和常用資料在兩邊是同一份。
link-same = 兩邊已經是同一個人了。連結碼要在另一個平台上用。
link-told = 「{ $platform }」上有人用您的連結碼連到了這裡，現在能看到您的申報。不是您的話，請馬上斷開。
link-gone = 那邊已經斷開了。
link-parted = 已斷開「{ $platform }」。申報都留在這裡。
link-parted-told = 這裡已和「{ $platform }」斷開，那邊的申報在這裡不再顯示。
