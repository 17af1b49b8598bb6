# 收到的檔案不能用時說的話。

upload-empty = 這個檔案是空的。請確認檔案能打開，再傳一次。
upload-too-large = 這個檔案超過 { $megabytes } MB。請壓縮或拆分後再傳。
upload-kind = 認不出這是可用的檔案。請傳 PDF、Word（docx）、Excel（xlsx）、JPG 或 PNG；舊格式請先另存。
upload-damaged = 這個檔案好像損壞了。請在電腦上打開確認，另存一份再傳。
upload-packed = 這個檔案裡面的內容太多或結構不正常，不能收。請另存為 PDF 再傳。
upload-locked = 這個檔案加了密碼。請去掉密碼後再傳。
upload-macros = 這個檔案裡帶有巨集、指令碼或嵌入的程式，不能收。請另存為一般文件或 PDF 再傳。
upload-external = 這個檔案打開時會連到別處取內容，不能收。請另存為 PDF 再傳。
upload-picture = 這張圖片尺寸太大。請縮小或重新拍一張再傳。
upload-too-much = 檢查這個檔案用時太久，沒有收下。請另存為 PDF，或縮小後再傳。

file-gone = 已經取不到這個檔案了。請重新傳一次。
file-unreachable = 暫時取不到這個檔案。請過一會兒再傳。
file-not-taken = 沒有收下「{ $name }」：{ $reason }
file-unnamed = 這個檔案
file-beyond = 沒有收下「{ $name }」：上一題的檔案已經夠數。要換檔案，可以點「上一步」。
file-most = 一份申報最多 { $most } 個檔案。可以合成一個 PDF 再傳，也可以交紙本材料。
file-day = 一天最多收 { $megabytes } MB 檔案，今天已經滿了。請明天再傳，也可以交紙本材料。
