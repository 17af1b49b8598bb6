# 马德里商标

madrid-subsidy-name = 马德里商标国际注册资助
madrid-subsidy-about = 商标国际注册完成后申请资助。
madrid-subsidy-draft = 苏州、吴江的申请表和金额尚未见到，材料参照其他城市 2017 年的指南，以当年通知为准。
madrid-subsidy-if-holder = 申请单位是注册人
madrid-subsidy-if-completed = 国际注册已完成（不是申请中）
madrid-subsidy-mark = 商标名称
madrid-subsidy-base-no = 基础注册号或申请号
madrid-subsidy-base-date = 基础注册或申请日期
madrid-subsidy-madrid-no = 国际注册号
madrid-subsidy-registered-on = 国际注册日
madrid-subsidy-designated = 指定缔约方（多个用顿号隔开）
madrid-subsidy-designated-example = 日本、韩国、欧盟
madrid-subsidy-classes = 商品或服务类别
madrid-subsidy-fees = 已缴费用
madrid-subsidy-agent = 代理机构
madrid-subsidy-registration = 国际注册证明或核准证明
madrid-subsidy-invoices = 缴费发票
madrid-subsidy-handler-papers = 经办人授权及身份证明
