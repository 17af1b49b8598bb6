# Applying for support, and what became of applications

menu-apply = 申報：看條件、填材料
menu-applications = 我的申報：草稿、進度

choice-apply = 新的申報
choice-applications = 我的申報
choice-all-programmes = 全部項目
choice-paper = 交紙本材料
form-on-paper = 交紙本材料

apply-private = 申報要填企業資訊，只能私訊辦理。請點我的頭像私訊，傳送 /{ $command }。
apply-where = 想申報哪裡的項目？
apply-whole-country = 全國
apply-which = 請選項目，先幫您看條件：
apply-which-place = 這項各地分開辦理，您在哪裡辦？選一個，先幫您看條件：
apply-none = 沒有找到這個項目。
apply-gone = 這個項目或申報已不在這裡了。傳送 /applications 看您的申報。
apply-go-on = 繼續填：{ $name }
apply-too-many-drafts = 同時最多填 { $most } 份。請先填完或刪掉一份：
apply-too-many-today = 今天已提交 { $most } 份，請明天再來。
apply-done-with = 這份草稿已經提交、刪除，或交給同事了。
apply-elsewhere = 這份申報剛剛在別處有了變動，這次操作沒有生效。請傳送 /applications 看最新狀態。
apply-receipt = 受理編號 { $number }
apply-bring = 記得交紙本材料：
apply-bring-line = · { $label }
apply-next = 請保存編號。傳送 /applications 隨時看進度。
apply-corrected = 補正已提交，工作人員會繼續審核。

applications-title = 我的申報
applications-none = 您還沒有申報。
applications-line = { $number } { $name }：{ $status }
applications-open = 查看 { $number }
applications-event = { $at }　{ $status }
applications-correction = 需要補正：{ $reason }
choice-correct = 現在補正
choice-withdraw = 撤回申報
choice-withdraw-yes = 確定撤回
choice-withdraw-no = 不撤回
withdraw-ask = 撤回 { $number } 後不能恢復，確定嗎？
withdraw-done = { $number } 已撤回。
withdraw-not = { $number } 現在是「{ $status }」，不能再撤回。有疑問請聯絡工作人員。

stray-drafts = 這條沒有填進表裡：您的申報還沒有打開。要接著填，請選下面的草稿；要查政策，寫出地區和想問的事。
stray-none = 這像是填申報表用的內容，但現在沒有打開的申報，沒有填進任何表裡。要申報，請先選項目；要查政策，寫出地區和想問的事。
stray-in-group = 請不要把單位和個人的資訊發在群裡。要申報，請私訊我，回覆「申請」。
