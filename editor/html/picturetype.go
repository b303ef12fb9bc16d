package html

// PictureType returns the media type of a picture that a page can show, such as
// "image/png", told by its bytes; "" if it is none. Of most kinds the beginning of a
// file is enough.
func PictureType(data []byte) string {
	if !IsPicture(data) {
		return ""
	}
	return sniff(data)
}
