# 申报对话里的词句。每句都有下一步

## 没有接受回答的原因

refused-empty = 这里还没有内容，请再发一次。
refused-too-long = 太长了，请缩短到 { $most } 个字以内。
refused-too-short = 太短了，至少要 { $least } 个字。
refused-file-unwanted = 这一题要文字，不用发文件。
refused-file-wanted = 请发文件：点附件，选文件或拍照都可以。
refused-files-most = 最多 { $most } 个文件。可以合成一个 PDF 再发。
refused-file-type = 这种文件打不开，请换成：{ $accept }。
refused-file-large = 文件太大，请压缩到 { $most } MB 以内。
refused-file-empty = 文件是空的，请重新选一个。
refused-company = 请写全称，与执照一致。
refused-name = 请写姓名，中文 2 到 20 个字，或拉丁字母。
refused-email = 邮箱写得不对，看看是不是少了 @ 或后缀。
refused-number = 请写一个整数。
refused-number-range = 请写 { $least } 到 { $most } 之间的整数。
refused-percent = 请写 0 到 100 之间的百分数。
refused-money = 没看懂金额，请写数字和单位。
refused-money-large = “{ $given }”超过 100 亿元，是不是多写了零？请再写一次。
refused-money-unit = “{ $given }”按万元算超过 100 亿元，您是不是想写元？请连单位一起写。
refused-money-cents = 金额最多到分，请再写一次。
refused-yes-no = 请点选，或回答“是”或“否”。
refused-confirm = 同意才能继续；不同意可以随时退出。
refused-choice = 请从选项里选。
refused-date = 没看懂日期，请写年月日。
refused-nice = 请写 1 到 45 的类别号，多个用逗号隔开。
refused-region = 没找到这个地方，请写区县全称。
refused-region-outside = 这个地方不在本项目的地区范围内，请换一个；不确定可以问工作人员。
refused-rows-most = 最多 { $most } 行，请删减后再发。
refused-row-cells = 第 { $row } 行应有 { $columns } 项，用逗号隔开。请改好后把这一条重发。
refused-row = 第 { $row } 行的“{ $column }”：{ $reason }
refused-uscc-length = 应为 18 位，您写的是 { $count } 位。
refused-uscc-letter = 代码里没有字母 { $letter }，看看是不是 0、1、2、5 看成了字母。
refused-uscc-shape = 第 3 到 8 位应是数字，请对照执照再写一次。
refused-uscc-check = 校验码对不上，可能有一位写错了，请对照执照再写一次。
refused-identity = 身份证号不对，请核对 18 位号码。
refused-patent-shape = 专利号是 8 位或 12 位数字加一位校验码。
refused-patent-check = 校验位对不上，可能有一位写错了，请对照证书再写一次。
refused-pct = 请写 PCT 国际申请号。
refused-trademark = 请写商标注册号，最多 8 位数字。
refused-madrid = 请写 6 或 7 位的国际注册号。
refused-ipc = 请写 IPC 分类号。
refused-software = 请写软著登记号。
refused-right = 没认出这个权利编号，请写专利号、商标注册号或登记号。
refused-mobile = 请写 11 位的中国大陆手机号。
refused-phone = 请写区号和号码。
refused-postcode = 邮编是 6 位数字。

## 例子

example-name = 张敏
example-company = 苏州某某科技有限公司
example-address = 苏州市吴江区某某路 1 号
example-email = name@example.com
example-number = 12
example-percent = 60%
example-money = 500万元，或 5,000,000元
example-date = 2026-03-01
example-region = 吴江区
example-nice = 9, 35, 42
example-uscc = 91350100M000100Y43
example-patent = ZL201710601862.3
example-application = 201710601862.3
example-pct = PCT/CN2024/123456
example-trademark = 12345678
example-madrid = 1234567
example-ipc = H04L9/32
example-software = 2024SR0123456
example-right = ZL201710601862.3
example-mobile = 13800138000
example-phone = 0512-65221234
example-postcode = 215000
