# 费减备案

fee-reduction-name = 专利费用减缴备案
fee-reduction-about = 备案通过后，申请费、实质审查费、授权起十年内的年费和复审费可减缴：一个申请人减 85%，两个以上减 70%。
fee-reduction-if-filer-type = 个人、企业、事业单位、社会团体或非营利性科研机构
fee-reduction-filer-type = 备案主体
fee-reduction-filer-type-person = 个人
fee-reduction-filer-type-enterprise = 企业
fee-reduction-filer-type-institution = 事业单位
fee-reduction-filer-type-society = 社会团体
fee-reduction-filer-type-research = 非营利性科研机构
fee-reduction-if-monthly-income = 个人：上年度月均收入低于 5000 元
fee-reduction-monthly-income = 上年度月均收入（元）
fee-reduction-if-taxable-income = 企业：上年度应纳税所得额低于 100 万元
fee-reduction-taxable-income = 上年度应纳税所得额（汇算清缴前填上上年度）
fee-reduction-filer-name = 名称或姓名
fee-reduction-filer-name-example = 张敏，或 苏州某某科技有限公司
fee-reduction-situation = 您目前的情况
fee-reduction-situation-employed = 在职
fee-reduction-situation-no-work = 无固定工作
fee-reduction-situation-student = 在校学生
fee-reduction-year = 备案年度
fee-reduction-year-example = 2026
fee-reduction-income-proof = 身份证正反面和上年度收入证明
fee-reduction-hardship-proof = 县级民政、人社部门或乡镇（街道）出具的经济困难证明
fee-reduction-student-proof = 学生证明
fee-reduction-tax-return = 营业执照和上年度企业所得税年度纳税申报表（封面和主表，盖章）
fee-reduction-legal-certificate = 法人证书
