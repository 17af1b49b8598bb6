# 合肥政策兑现

hefei-claim-name = 合肥市知识产权政策兑现申报
hefei-claim-about = 国内发明专利授权免申即享，不用申报；境外授权和其他条款在合肥市产业政策综合服务平台申报。
hefei-claim-if-needs-application = 申报的不是国内发明专利授权（该项免申即享）
hefei-claim-clause = 申报条款
hefei-claim-clause-example = 境外发明专利授权
hefei-claim-claim = 申请金额
hefei-claim-honest = 我承诺所填内容真实，愿承担失信后果
hefei-claim-credit-promise = 诚实信用承诺书
hefei-claim-evidence = 附件证明材料（盖章，一个 PDF）
