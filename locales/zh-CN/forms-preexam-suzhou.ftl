# 苏州预审备案

preexam-suzhou-name = 专利快速预审备案（苏州）
preexam-suzhou-about = 备案通过后，可以提交专利预审请求。PCT 申请、分案、同日申报发明和实用新型、需保密审查的申请等不能预审。
preexam-suzhou-draft = 内容按公开转载的保护中心指南整理，部分问题按惯例列出，以保护中心现行的备案申请表为准。
preexam-suzhou-if-registered = 在苏州注册，有独立法人资格
preexam-suzhou-if-industries = 主要生产或研发属于新材料、生物制品制造、电子信息、数字智能制造之一
preexam-suzhou-if-base = 知识产权基础好：有稳定的管理团队和管理制度
preexam-suzhou-if-classes = 今后提交的申请属于保护中心受理的 IPC 分类
preexam-suzhou-if-credit = 没有不良信用记录
preexam-suzhou-industry = 产业领域
preexam-suzhou-industry-materials = 新材料
preexam-suzhou-industry-biologics = 生物制品制造
preexam-suzhou-industry-electronics = 电子信息
preexam-suzhou-industry-digital = 数字智能制造
preexam-suzhou-patents = 有效专利数量（发明、实用新型、外观设计）
preexam-suzhou-patents-example = 12,5,0
preexam-suzhou-patents-invention = 发明
preexam-suzhou-patents-utility = 实用新型
preexam-suzhou-patents-design = 外观设计
preexam-suzhou-rules = 知识产权管理制度
