### 網頁對話中的全部文字。

web-name = 知策
web-tagline = 知識產權政策問答
web-title = 知策 · 知識產權政策問答
web-description = 用一句話提問，得到政策原文、出處和下一步。
web-skip = 跳到輸入框
web-conversation = 對話內容
web-you = 我
web-no-script = 本頁面需要啟用 JavaScript 才能對話。

## 開始

web-welcome = 想了解哪項政策？
web-samples = 可以這樣問
web-sample-1 = { sample-finance }
web-sample-2 = { sample-preexam }
web-sample-3 = { sample-talent }

## 輸入

web-input = 輸入您的問題
web-placeholder = 例如：蘇州質押融資目標
web-send = 傳送
web-too-long = 內容過長：{ $count } / { $limit } 字。請精簡後再傳送。
web-length = { $count } / { $limit }
web-small-print = 內容引自政策文件，以發文機關公布的原文為準。

## 一則訊息

web-sending = 傳送中
web-unsent = 未送達，點按重試
web-refused = 這則訊息無法傳送
web-chosen = 已選：{ $label }
web-typing = 正在查找…
web-new = 新訊息
web-copy = 複製
web-copy-label = 複製回答和出處
web-copied = 已複製
web-copy-failed = 無法複製，請手動選取文字
web-cited = 摘自「知策」{ $date }
web-choices = 選項
web-opens = （在新視窗開啟）
web-today = 今天
web-updated = 上方回答已更新

## 連線

web-offline = 離線，正在重新連線…
web-connecting = 正在連線…
web-online = 已重新連線
web-retry = 立即重試
web-many-sessions = 這個網路今天新開的對話較多。請稍等一會兒再來，或換個網路試試。
web-slow-down = 傳送得有點快，稍後會自動送達。

## 清空

web-clear = 清空並重新開始
web-clear-question = 清空這次對話？
web-clear-explained = 對話內容將從這台裝置和我們的伺服器上刪除，無法復原。
web-clear-yes = 清空
web-clear-no = 保留
web-clear-failed = 暫時無法清空，請稍後再試。

## 語言

web-language = 語言
web-language-zh-CN = 简体中文
web-language-zh-TW = 繁體中文
web-language-en = English
web-language-short-zh-CN = 简
web-language-short-zh-TW = 繁
web-language-short-en = EN

## 嵌入

web-embed-open = 開啟政策問答
web-embed-close = 關閉政策問答
web-embed-panel = 知策政策問答
web-embed-title = 把知策放進您的網站
web-embed-how = 把下面這行程式碼放到網頁的 </body> 之前，右下角就會出現一個圓形按鈕：
web-embed-language = 語言預設跟隨網頁的 lang 屬性，也可以用 data-lang 指定。
web-embed-allow = 請管理員先把您的網址加入 EMBED_ORIGINS。
web-embed-try = 點按右下角的按鈕試試。

## 出錯

web-lost = 沒有這個頁面
web-lost-hint = 網址可能有誤，或者頁面已經移走。
web-broken = 頁面暫時打不開
web-broken-hint = 我們已經記錄，請稍後再試。
web-home = 去提問

## 檔案

web-files = 要傳送的檔案
web-attach = 附件
web-attach-how = 選擇檔案或照片，可以多選；也可以拖到頁面上，或者貼上圖片。
web-drop = 放開就傳送這些檔案
web-file-going = 正在上傳，{ $percent }%
web-file-done = 已上傳
web-files-sent = { $count } 個檔案已傳送
web-file-gone = 已取消「{ $name }」
web-file-cancel = 取消上傳
web-file-drop = 移除
web-file-retry = 重試
web-file-busy = 還沒傳上去，馬上再試…
web-file-unsent = 沒有傳上去。請檢查網路，再試一次。
web-file-many = 這一個小時傳的檔案太多了。請稍後再傳，也可以交紙本材料。
web-file-too-large = { upload-too-large }
web-file-empty = { upload-empty }
web-file-beyond = 一次最多傳 { $most } 個檔案。這一個請下次再傳。
