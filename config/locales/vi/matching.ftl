# Vì sao hợp, và thay đổi gì thì hợp thêm. Mỗi lý do là một vế câu, viết thường, không dấu chấm.
# Biến: $n chọn dạng số, $shown là con số đã viết thành chữ.

## Các phần
fit-part-skill = Kỹ năng
fit-part-occupation = Nghề
fit-part-training = Trình độ
fit-part-location = Nơi làm việc
fit-part-experience = Kinh nghiệm
fit-part-terms = Lương và điều kiện
fit-not-known = chưa đủ thông tin
fit-known = đủ thông tin { $percent }%

## Kỹ năng
fit-skill-not-asked = không yêu cầu kỹ năng
fit-skill-essential = có { $own }/{ $asked } kỹ năng bắt buộc
fit-skill-desirable = có { $own }/{ $asked } kỹ năng nên có
fit-skill-near = có kỹ năng gần với: { $skills }
fit-skill-missing = còn thiếu: { $skills }
fit-skill-from-text = kỹ năng suy ra từ tiêu đề tin

## Nghề
fit-occupation-same = đúng nghề
fit-occupation-close = nghề rất gần
fit-occupation-group = cùng nhóm nghề
fit-occupation-broad = cùng nhóm nghề rộng
fit-occupation-other = nghề khác

## Trình độ
fit-training-not-asked = không yêu cầu trình độ
fit-training-level = trình độ { $has } (yêu cầu: { $asked })
fit-training-level-not-known = chưa rõ trình độ (yêu cầu: { $asked })
fit-training-field-same = đúng chuyên ngành
fit-training-field-near = chuyên ngành gần, hoặc chưa rõ chuyên ngành
fit-training-field-other = chuyên ngành khác

## Nơi làm việc
fit-place-remote = làm từ xa
fit-place-wished = ở nơi mong muốn
fit-place-same = ngay trong xã, phường
fit-place-distance = cách { $km } km
fit-place-province = cùng ở { $province }; tin chỉ ghi tỉnh, thành phố, chưa rõ xã, phường
fit-place-province-away = ở xa, ngoài { $province }, cách từ { $km } km trở lên; tin chỉ ghi tỉnh, thành phố, chưa rõ xã, phường

## Kinh nghiệm
fit-experience-not-asked = không yêu cầu kinh nghiệm
fit-experience-months = { $has } trong nhóm nghề “{ $group }” (yêu cầu: { $asked })
fit-months = { $shown } tháng

## Lương và điều kiện
fit-wage-enough = lương đạt mong muốn
fit-wage-below = lương bằng { $percent }% mong muốn
fit-contract-wished = hợp đồng như mong muốn
fit-contract-other = hợp đồng khác mong muốn
fit-shift-wished = ca làm như mong muốn
fit-shift-other = ca làm khác mong muốn
fit-terms-not-said = chưa đủ thông tin về { $terms }
fit-term-wage = lương
fit-term-contract = loại hợp đồng
fit-term-shift = ca làm

## Người tìm việc có thể làm gì
change-skill = thêm kỹ năng { $skill }
change-training = học lên trình độ { $level }
change-training-field = học lên trình độ { $level }, ngành { $field }
change-further = đi làm xa thêm 10 km
change-province = nhận cả việc ở { $province }
change-anywhere = nhận việc ở bất cứ đâu
change-any-shift = nhận ca nào cũng được
change-any-contract = nhận loại hợp đồng nào cũng được
change-opens = { $change }: { $shown } việc nữa phù hợp
change-reached = hiện có { $shown } việc phù hợp
change-none = chưa có thay đổi nhỏ nào mở thêm việc phù hợp

## Người tuyển dụng có thể làm gì
relax-level = hạ yêu cầu trình độ xuống { $level }
relax-wage = tăng lương thêm { $amount } đồng mỗi tháng
relax-shuttle = có xe đưa đón
relax-lodging = có chỗ ở
relax-no-experience = không yêu cầu kinh nghiệm
relax-desirable = kỹ năng { $skill } chỉ là nên có, không bắt buộc
relax-dropped = bỏ yêu cầu kỹ năng { $skill }
relax-brings = { $change }: thêm khoảng { $shown } người phù hợp
relax-brings-few = { $change }: thêm dưới 5 người phù hợp
relax-loses = { $change }: bớt khoảng { $shown } người phù hợp
relax-loses-few = { $change }: bớt dưới 5 người phù hợp
relax-reached = khoảng { $shown } người đã đăng ký phù hợp
relax-reached-few = dưới 5 người đã đăng ký phù hợp
relax-none = tin này không còn điều kiện nào để nới
relax-no-gain = chưa có thay đổi nhỏ nào thêm được người phù hợp

## Vì sao danh sách trống: tin
empty-not-shown = tin này không đăng: { $status }
empty-full = tin này đã tuyển đủ người
empty-ended = tin này đã hết hạn: nhận hồ sơ đến hết ngày { $day }
empty-vacancy-names-nothing = tin không nêu kỹ năng hay nghề nào đủ rõ, nên không xếp hạng được ai
empty-nobody-registered = chưa có người tìm việc nào đăng ký
empty-nobody-can = chưa ai có kỹ năng hoặc nghề mà tin này cần
empty-nobody-may = có người có kỹ năng hoặc nghề mà tin này cần, nhưng ngày { $day } chưa ai được xếp hạng: { $what }
empty-end = hết danh sách

## Vì sao danh sách trống: người tìm việc
empty-not-looking = người này hiện không tìm việc: { $status }
empty-under-age = người này chưa đủ 15 tuổi: đến ngày { $day } mới đủ
empty-person-names-nothing = hồ sơ chưa ghi kỹ năng hay nghề nào, nên không xếp hạng được việc nào
empty-no-vacancy-open = ngày { $day } không có tin tuyển dụng nào đang mở
empty-nothing-asks = chưa có tin nào đang mở cần kỹ năng hoặc nghề của người này
empty-nothing-may = có tin cần kỹ năng hoặc nghề của người này, nhưng ngày { $day } chưa xếp hạng được: { $what }

## Điều ngăn lại
empty-by-closed = tin không mở
empty-by-not-looking = không còn tìm việc
empty-by-age = chưa đủ tuổi làm việc này
empty-by-contract = không nhận loại hợp đồng này
empty-by-block = hai bên đã chặn nhau
empty-by-abroad = không muốn ra nước ngoài

## Tình trạng của tin và của người
empty-status-draft = còn là bản nháp
empty-status-submitted = đang chờ duyệt
empty-status-shown = đang đăng
empty-status-paused = đang tạm ẩn
empty-status-needs-renewing = chờ nhà tuyển dụng xác nhận lại
empty-status-filled = đã tuyển đủ
empty-status-expired = đã hết hạn
empty-status-rejected = không được duyệt
empty-status-withdrawn = đã rút
empty-person-looking = đang tìm việc
empty-person-paused = đang tạm dừng
empty-person-placed = đã có việc qua Trung tâm
empty-person-withdrawn = đã rút đăng ký
