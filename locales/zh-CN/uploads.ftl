# 收到的文件不能用时说的话。

upload-empty = 这个文件是空的。请确认文件能打开，再发一次。
upload-too-large = 这个文件超过 { $megabytes } MB。请压缩或拆分后再发。
upload-kind = 认不出这是可用的文件。请发 PDF、Word（docx）、Excel（xlsx）、JPG 或 PNG；旧格式请先另存。
upload-damaged = 这个文件好像损坏了。请在电脑上打开确认，另存一份再发。
upload-packed = 这个文件里面的内容太多或结构不正常，不能收。请另存为 PDF 再发。
upload-locked = 这个文件加了密码。请去掉密码后再发。
upload-macros = 这个文件里带有宏、脚本或嵌入的程序，不能收。请另存为普通文档或 PDF 再发。
upload-external = 这个文件打开时会连到别处取内容，不能收。请另存为 PDF 再发。
upload-picture = 这张图片尺寸太大。请缩小或重新拍一张再发。
upload-too-much = 检查这个文件用时太久，没有收下。请另存为 PDF，或缩小后再发。

file-gone = 已经取不到这个文件了。请重新发一次。
file-unreachable = 暂时取不到这个文件。请过一会儿再发。
file-not-taken = 没有收下“{ $name }”：{ $reason }
file-unnamed = 这个文件
file-beyond = 没有收下“{ $name }”：上一题的文件已经够数。要换文件，可以点“上一步”。
file-most = 一份申报最多 { $most } 个文件。可以合成一个 PDF 再发，也可以交纸质材料。
file-day = 一天最多收 { $megabytes } MB 文件，今天已经满了。请明天再发，也可以交纸质材料。
