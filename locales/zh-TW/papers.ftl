# 在對話之外打開的東西：列印用的申報書、審核用的附件

choice-sheet = 列印申報書
choice-open-sheet = 打開申報書
sheet-ready = { $number } 的申報書可以列印，簽字蓋章後隨紙本材料交來。
sheet-nowhere = 這裡打不開申報書：單位的網頁還沒有開通。請到窗口列印，或在網頁上辦理。
paper-link = 連結 { $minutes } 分鐘內有效，只能打開一次；過期了再點一次就有新的。
paper-path = 已寫到這台機器上：{ $path }。裡面有單位和個人資訊，用完請刪除。

web-private-sheet = 打開申報書
web-private-sheet-hint = 裡面有單位和聯絡人的資訊，請確認旁邊沒有別人。點下面的按鈕後，這個連結就用完了。
web-private-file = 下載附件
web-private-file-hint = 這是申報人的材料，只供審核使用。點下面的按鈕後，這個連結就用完了。
web-private-open = 打開
web-private-over = 這個連結已經不能用了
web-private-over-hint = 連結只能打開一次，十分鐘後失效。請回到對話裡再要一個新的。

## 申報書

sheet-title = { $name }申報書
sheet-receipt = 受理編號：{ $number }
sheet-submitted = 提交日期：{ $on }
sheet-on = { $on }
sheet-given = { $given }
sheet-print = 列印
sheet-how = 也可以在列印時選「另存為 PDF」。簽字蓋章後，隨紙本材料交來。
sheet-answers = 填報內容
sheet-round = 第 { $round } 項
sheet-enclosed = 附件
sheet-file = { $name }（已線上提交）
sheet-paper = { $name }（紙本，請隨本表提交）
sheet-declared = 申報聲明
sheet-true = 本單位（本人）承諾：以上內容和所附材料真實、完整、有效，如有不實，願承擔相應責任。
sheet-consent = 已於 { $on } 同意個人資訊處理告知：「{ $notice }」
sheet-note = 說明：{ $note }
sheet-stamp = 申報單位（蓋章）
sheet-head = 負責人（簽字）
sheet-contact = 經辦人（簽字）
sheet-date = 　　　　年　　　月　　　日
sheet-foot = { $number }　由知策根據申報人線上填報的內容產生，以系統中的紀錄為準。

## 表在網頁上填

choice-web-form = 到網頁上填寫
choice-web-form-again = 換一個新連結
choice-web-form-here = 是我，繼續填
web-form-moved = 「{ $name }」的內容不經過這個平台：請到我們的網頁上填，填過的都在。
web-form-link = 連結 { $minutes } 分鐘內有效，只能用一次，請不要轉給別人。有結果會在這裡通知您。
web-form-ask = 要在這裡接著填「{ $name }」嗎？它是在 { $platform } 上開始的。
web-form-warning = 連結不是您自己剛剛取的，請選「先不」：不然您填的內容，取連結的人也能看到。
web-form-over = 這個連結已經不能用了。請回到原來的對話裡，再取一個新的。
web-form-another = 這個網頁對話裡已經有別的申報。請先點右上角清空對話，再打開這個連結；或者用 /link 把兩處連成同一個人。
web-form-opened = 打開申報連結
