# 合肥预审

preexam-hefei-name = 专利快速预审（合肥）
preexam-hefei-about = 先登记单位和联系人，名额和预约按保护中心的通知。
preexam-hefei-draft = 合肥保护中心的产业范围和备案表尚未见到，以保护中心通知为准。
preexam-hefei-if-quota = 未超过名额：近五年中发明授权最多一年的数量乘以 1.0（发明计 1，实用新型和外观设计计 0.5）
preexam-hefei-if-slot = 已按保护中心定期开放的时间网上预约
